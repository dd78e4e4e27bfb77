import { group } from '../group';
import id from '../id.d/target.json';

export default group(id, () => import('../en.d/target.json'));
