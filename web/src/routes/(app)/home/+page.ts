import { words } from '$lib/i18n/index.svelte';
import board from '$lib/i18n/group/board';
import box from '$lib/i18n/group/box';
import desk from '$lib/i18n/group/desk';
import target from '$lib/i18n/group/target_shared';

export const load = words(board, box, desk, target);
