import { group } from '../group';
import id from '../id.d/entry.json';

export default group(id, () => import('../en.d/entry.json'));
