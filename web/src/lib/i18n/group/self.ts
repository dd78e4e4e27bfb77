import { group } from '../group';
import id from '../id.d/self.json';

export default group(id, () => import('../en.d/self.json'));
