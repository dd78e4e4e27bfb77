import { group } from '../group';
import id from '../id.d/village_public.json';

export default group(id, () => import('../en.d/village_public.json'));
