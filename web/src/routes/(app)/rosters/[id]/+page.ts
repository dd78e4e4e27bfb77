import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money';
import moneyPublic from '$lib/i18n/group/money_public';
import price from '$lib/i18n/group/price';
import roster from '$lib/i18n/group/roster';
import sponsor from '$lib/i18n/group/sponsor';

export const load = words(desk, form, money, moneyPublic, price, roster, sponsor);
