import box from '$lib/i18n/group/box';
import field from '$lib/i18n/group/field';
import { words } from '$lib/i18n/index.svelte';

export const load = words(box, field);
