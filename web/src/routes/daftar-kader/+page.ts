import { words } from '$lib/i18n/index.svelte';
import badge from '$lib/i18n/group/public';

export const load = words(badge);
