import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import form from '$lib/i18n/group/form';

export const load = words(desk, form);
