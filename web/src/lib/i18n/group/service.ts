import { group } from '../group';
import id from '../id.d/service.json';

export default group(id, () => import('../en.d/service.json'));
