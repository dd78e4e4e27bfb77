import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import employer from '$lib/i18n/group/employer';
import form from '$lib/i18n/group/form';
import price from '$lib/i18n/group/price';
import register from '$lib/i18n/group/register';

export const load = words(desk, employer, form, price, register);
