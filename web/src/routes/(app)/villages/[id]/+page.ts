import desk from '$lib/i18n/group/desk';
import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money';
import village from '$lib/i18n/group/village';
import shared from '$lib/i18n/group/village_shared';
import { words } from '$lib/i18n/index.svelte';

export const load = words(desk, form, money, village, shared);
