import { group } from '../group';
import id from '../id.d/money_public.json';

export default group(id, () => import('../en.d/money_public.json'));
