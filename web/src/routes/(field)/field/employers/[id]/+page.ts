import desk from '$lib/i18n/group/desk';
import employer from '$lib/i18n/group/employer';
import { words } from '$lib/i18n/index.svelte';

export const load = words(desk, employer);
