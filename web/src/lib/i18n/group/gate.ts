import { group } from '../group';
import id from '../id.d/gate.json';

export default group(id, () => import('../en.d/gate.json'));
