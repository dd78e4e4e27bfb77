import { group } from '../group';
import id from '../id.d/form.json';

export default group(id, () => import('../en.d/form.json'));
