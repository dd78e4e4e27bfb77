import { words } from '$lib/i18n/index.svelte';
import form from '$lib/i18n/group/form';
import house from '$lib/i18n/group/house';

export const load = words(form, house);
