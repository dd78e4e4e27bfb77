import { group } from '../group';
import id from '../id.d/house.json';

export default group(id, () => import('../en.d/house.json'));
