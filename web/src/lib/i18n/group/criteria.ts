import { group } from '../group';
import id from '../id.d/criteria.json';

export default group(id, () => import('../en.d/criteria.json'));
