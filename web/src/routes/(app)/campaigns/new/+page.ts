import { words } from '$lib/i18n/index.svelte';
import campaign from '$lib/i18n/group/campaign';
import form from '$lib/i18n/group/form';
import outreach from '$lib/i18n/group/outreach';

export const load = words(campaign, form, outreach);
