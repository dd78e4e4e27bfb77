import { words } from '$lib/i18n/index.svelte';
import gate from '$lib/i18n/group/gate';
import hall from '$lib/i18n/group/hall';
import money from '$lib/i18n/group/money';

export const load = words(gate, hall, money);
