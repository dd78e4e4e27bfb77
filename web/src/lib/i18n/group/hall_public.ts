import { group } from '../group';
import id from '../id.d/hall_public.json';

export default group(id, () => import('../en.d/hall_public.json'));
