import { group } from '../group';
import id from '../id.d/service_public.json';

export default group(id, () => import('../en.d/service_public.json'));
