import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';

export const load = words(desk);
