import { words } from '$lib/i18n/index.svelte';
import fair from '$lib/i18n/group/fair_public';
import shared from '$lib/i18n/group/fair_shared';
import gate from '$lib/i18n/group/gate';
import hall from '$lib/i18n/group/hall_public';
import open from '$lib/i18n/group/public';

export const load = words(fair, shared, gate, hall, open);
