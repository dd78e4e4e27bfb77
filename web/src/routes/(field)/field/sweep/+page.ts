import market from '$lib/i18n/group/market';
import { words } from '$lib/i18n/index.svelte';

export const load = words(market);
