import { group } from '../group';
import id from '../id.d/agent.json';

export default group(id, () => import('../en.d/agent.json'));
