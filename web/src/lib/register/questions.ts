/** The questions after the first one: they are fetched while the first is answered. */
import Agree from './Agree.svelte';
import Contact from './Contact.svelte';
import Dues from './Dues.svelte';
import Work from './Work.svelte';

export default [Contact, Work, Dues, Agree];
