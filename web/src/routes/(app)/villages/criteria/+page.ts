import criteria from '$lib/i18n/group/criteria';
import desk from '$lib/i18n/group/desk';
import money from '$lib/i18n/group/money';
import shared from '$lib/i18n/group/village_shared';
import { words } from '$lib/i18n/index.svelte';

export const load = words(criteria, desk, money, shared);
