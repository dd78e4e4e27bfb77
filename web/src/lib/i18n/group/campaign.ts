import { group } from '../group';
import id from '../id.d/campaign.json';

export default group(id, () => import('../en.d/campaign.json'));
