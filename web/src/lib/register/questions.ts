/** The questions after the first one, with their words: they are fetched while the first is answered. */
import price from '../i18n/group/price';
import { words } from '../i18n/index.svelte';
import Agree from './Agree.svelte';
import Contact from './Contact.svelte';
import Dues from './Dues.svelte';
import Work from './Work.svelte';

export async function questions() {
  await words(price)();
  return [Contact, Work, Dues, Agree];
}
