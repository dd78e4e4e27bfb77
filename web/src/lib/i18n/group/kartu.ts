import { group } from '../group';
import id from '../id.d/kartu.json';

export default group(id, () => import('../en.d/kartu.json'));
