import { words } from '$lib/i18n/index.svelte';
import money from '$lib/i18n/group/money';
import sponsor from '$lib/i18n/group/sponsor';

export const load = words(money, sponsor);
