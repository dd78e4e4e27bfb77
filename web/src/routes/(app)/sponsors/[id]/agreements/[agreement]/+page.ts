import { words } from '$lib/i18n/index.svelte';
import money from '$lib/i18n/group/money';
import roster from '$lib/i18n/group/roster';
import sponsor from '$lib/i18n/group/sponsor';

export const load = words(money, roster, sponsor);
