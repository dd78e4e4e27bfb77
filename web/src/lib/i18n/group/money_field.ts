import { group } from '../group';
import id from '../id.d/money_field.json';

export default group(id, () => import('../en.d/money_field.json'));
