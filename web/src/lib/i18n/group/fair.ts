import { group } from '../group';
import id from '../id.d/fair.json';

export default group(id, () => import('../en.d/fair.json'));
