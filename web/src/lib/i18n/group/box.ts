import { group } from '../group';
import id from '../id.d/box.json';

export default group(id, () => import('../en.d/box.json'));
