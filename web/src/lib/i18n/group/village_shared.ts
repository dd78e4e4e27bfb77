import { group } from '../group';
import id from '../id.d/village_shared.json';

export default group(id, () => import('../en.d/village_shared.json'));
