import { group } from '../group';
import id from '../id.d/outreach.json';

export default group(id, () => import('../en.d/outreach.json'));
