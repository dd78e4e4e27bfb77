import { group } from '../group';
import id from '../id.d/service_shared.json';

export default group(id, () => import('../en.d/service_shared.json'));
