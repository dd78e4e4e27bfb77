import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import form from '$lib/i18n/group/form';
import employer from '$lib/i18n/group/employer';
import money from '$lib/i18n/group/money';
import price from '$lib/i18n/group/price';

export const load = words(desk, form, price, money, employer);
