import kartu from '$lib/i18n/group/kartu';
import money from '$lib/i18n/group/money_public';
import { words } from '$lib/i18n/index.svelte';

export const load = words(kartu, money);
