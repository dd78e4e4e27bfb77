import employer from '$lib/i18n/group/employer';
import form from '$lib/i18n/group/form';
import { words } from '$lib/i18n/index.svelte';

export const load = words(form, employer);
