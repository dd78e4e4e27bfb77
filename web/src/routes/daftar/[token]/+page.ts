import form from '$lib/i18n/group/form';
import price from '$lib/i18n/group/price';
import badge from '$lib/i18n/group/public';
import register from '$lib/i18n/group/register';
import self from '$lib/i18n/group/self';
import { words } from '$lib/i18n/index.svelte';

export const load = words(badge, form, price, register, self);
