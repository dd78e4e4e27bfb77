import { words } from '$lib/i18n/index.svelte';
import board from '$lib/i18n/group/board';

export const load = words(board);
