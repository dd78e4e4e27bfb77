import { words } from '$lib/i18n/index.svelte';
import outreach from '$lib/i18n/group/outreach';

export const load = words(outreach);
