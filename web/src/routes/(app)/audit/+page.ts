import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import office from '$lib/i18n/group/office';

export const load = words(desk, office);
