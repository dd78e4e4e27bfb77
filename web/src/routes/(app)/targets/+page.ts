import desk from '$lib/i18n/group/desk';
import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money';
import target from '$lib/i18n/group/target';
import shared from '$lib/i18n/group/target_shared';
import { words } from '$lib/i18n/index.svelte';

export const load = words(desk, form, money, target, shared);
