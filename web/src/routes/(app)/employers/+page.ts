import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import employer from '$lib/i18n/group/employer';
import money from '$lib/i18n/group/money';

export const load = words(desk, money, employer);
