import { words } from '$lib/i18n/index.svelte';
import campaign from '$lib/i18n/group/campaign';
import desk from '$lib/i18n/group/desk';
import money from '$lib/i18n/group/money';
import outreach from '$lib/i18n/group/outreach';

export const load = words(campaign, desk, money, outreach);
