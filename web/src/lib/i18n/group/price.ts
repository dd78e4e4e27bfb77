import { group } from '../group';
import id from '../id.d/price.json';

export default group(id, () => import('../en.d/price.json'));
