import { group } from '../group';
import id from '../id.d/register.json';

export default group(id, () => import('../en.d/register.json'));
