import { words } from '$lib/i18n/index.svelte';
import entry from '$lib/i18n/group/entry';
import form from '$lib/i18n/group/form';
import price from '$lib/i18n/group/price';

export const load = words(entry, form, price);
