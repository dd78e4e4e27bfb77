import form from '$lib/i18n/group/form';
import register from '$lib/i18n/group/register';
import { words } from '$lib/i18n/index.svelte';

export const load = words(form, register);
