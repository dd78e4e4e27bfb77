import { group } from '../group';
import id from '../id.d/office.json';

export default group(id, () => import('../en.d/office.json'));
