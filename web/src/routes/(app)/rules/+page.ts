import { words } from '$lib/i18n/index.svelte';
import form from '$lib/i18n/group/form';
import office from '$lib/i18n/group/office';
import price from '$lib/i18n/group/price';

export const load = words(form, office, price);
