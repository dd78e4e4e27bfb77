import { group } from '../group';
import id from '../id.d/handover.json';

export default group(id, () => import('../en.d/handover.json'));
