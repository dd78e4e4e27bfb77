import { words } from '$lib/i18n/index.svelte';
import employer from '$lib/i18n/group/employer';
import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money';

export const load = words(form, money, employer);
