import { group } from '../group';
import id from '../id.d/target_shared.json';

export default group(id, () => import('../en.d/target_shared.json'));
