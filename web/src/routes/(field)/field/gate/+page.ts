import { words } from '$lib/i18n/index.svelte';
import gate from '$lib/i18n/group/gate';

export const load = words(gate);
