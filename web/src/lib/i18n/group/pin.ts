import { group } from '../group';
import id from '../id.d/pin.json';

export default group(id, () => import('../en.d/pin.json'));
