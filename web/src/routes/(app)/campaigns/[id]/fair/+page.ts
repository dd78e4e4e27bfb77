import { words } from '$lib/i18n/index.svelte';
import fair from '$lib/i18n/group/fair';
import shared from '$lib/i18n/group/fair_shared';
import form from '$lib/i18n/group/form';
import gate from '$lib/i18n/group/gate';
import money from '$lib/i18n/group/money';

export const load = words(fair, shared, form, gate, money);
