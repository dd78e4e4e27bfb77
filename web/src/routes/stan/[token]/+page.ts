import { words } from '$lib/i18n/index.svelte';
import hall from '$lib/i18n/group/hall_public';
import open from '$lib/i18n/group/public';

export const load = words(hall, open);
