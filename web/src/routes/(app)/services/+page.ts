import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import money from '$lib/i18n/group/money';
import outreach from '$lib/i18n/group/outreach';
import service from '$lib/i18n/group/service';
import shared from '$lib/i18n/group/service_shared';

export const load = words(desk, money, outreach, service, shared);
