import { group } from '../group';
import id from '../id.d/field.json';

export default group(id, () => import('../en.d/field.json'));
