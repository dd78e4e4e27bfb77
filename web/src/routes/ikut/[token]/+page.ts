import { words } from '$lib/i18n/index.svelte';
import gate from '$lib/i18n/group/gate';
import hall from '$lib/i18n/group/hall_public';
import open from '$lib/i18n/group/public';

export const load = words(gate, hall, open);
