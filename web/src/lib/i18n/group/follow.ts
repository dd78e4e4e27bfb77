import { group } from '../group';
import id from '../id.d/follow.json';

export default group(id, () => import('../en.d/follow.json'));
