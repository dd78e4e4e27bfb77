import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import follow from '$lib/i18n/group/follow';
import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money';
import sponsor from '$lib/i18n/group/sponsor';

export const load = words(desk, follow, form, money, sponsor);
