import { group } from '../group';
import id from '../id.d/employer.json';

export default group(id, () => import('../en.d/employer.json'));
