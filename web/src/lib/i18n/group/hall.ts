import { group } from '../group';
import id from '../id.d/hall.json';

export default group(id, () => import('../en.d/hall.json'));
