import { group } from '../group';
import id from '../id.d/public.json';

export default group(id, () => import('../en.d/public.json'));
