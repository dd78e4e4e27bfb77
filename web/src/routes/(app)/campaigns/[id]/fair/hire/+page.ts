import { words } from '$lib/i18n/index.svelte';
import employer from '$lib/i18n/group/employer';
import fair from '$lib/i18n/group/fair';
import form from '$lib/i18n/group/form';
import money from '$lib/i18n/group/money';
import register from '$lib/i18n/group/register';

export const load = words(form, register, money, employer, fair);
