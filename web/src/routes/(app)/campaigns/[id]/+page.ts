import agent from '$lib/i18n/group/agent';
import board from '$lib/i18n/group/board';
import campaign from '$lib/i18n/group/campaign';
import form from '$lib/i18n/group/form';
import handover from '$lib/i18n/group/handover';
import outreach from '$lib/i18n/group/outreach';
import self from '$lib/i18n/group/self';
import { words } from '$lib/i18n/index.svelte';

export const load = words(agent, board, campaign, form, handover, outreach, self);
