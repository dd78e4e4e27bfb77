import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money_field';
import { words } from '$lib/i18n/index.svelte';

export const load = words(money, form);
