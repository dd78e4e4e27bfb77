import { words } from '$lib/i18n/index.svelte';
import campaign from '$lib/i18n/group/campaign';

export const load = words(campaign);
