import { words } from '$lib/i18n/index.svelte';
import campaign from '$lib/i18n/group/campaign';
import outreach from '$lib/i18n/group/outreach';

export const load = words(campaign, outreach);
