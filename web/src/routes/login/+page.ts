import { words } from '$lib/i18n/index.svelte';
import entry from '$lib/i18n/group/entry';

export const load = words(entry);
