import { words } from '$lib/i18n/index.svelte';
import form from '$lib/i18n/group/form';
import register from '$lib/i18n/group/register';

export const load = words(form, register);
