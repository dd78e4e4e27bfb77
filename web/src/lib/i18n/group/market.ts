import { group } from '../group';
import id from '../id.d/market.json';

export default group(id, () => import('../en.d/market.json'));
