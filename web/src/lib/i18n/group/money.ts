import { group } from '../group';
import id from '../id.d/money.json';

export default group(id, () => import('../en.d/money.json'));
