import { group } from '../group';
import id from '../id.d/board.json';

export default group(id, () => import('../en.d/board.json'));
