import { group } from '../group';
import id from '../id.d/village.json';

export default group(id, () => import('../en.d/village.json'));
