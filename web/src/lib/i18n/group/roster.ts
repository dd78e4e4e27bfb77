import { group } from '../group';
import id from '../id.d/roster.json';

export default group(id, () => import('../en.d/roster.json'));
