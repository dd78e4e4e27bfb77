import { group } from '../group';
import id from '../id.d/fair_public.json';

export default group(id, () => import('../en.d/fair_public.json'));
