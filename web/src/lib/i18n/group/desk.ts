import { group } from '../group';
import id from '../id.d/desk.json';

export default group(id, () => import('../en.d/desk.json'));
