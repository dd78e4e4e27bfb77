import { words } from '$lib/i18n/index.svelte';
import form from '$lib/i18n/group/form';
import office from '$lib/i18n/group/office';

export const load = words(form, office);
