import { group } from '../group';
import id from '../id.d/sponsor.json';

export default group(id, () => import('../en.d/sponsor.json'));
