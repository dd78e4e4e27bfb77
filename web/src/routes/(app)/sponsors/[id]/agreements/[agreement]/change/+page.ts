import { words } from '$lib/i18n/index.svelte';
import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money';
import roster from '$lib/i18n/group/roster';
import sponsor from '$lib/i18n/group/sponsor';

export const load = words(form, money, roster, sponsor);
