import employer from '$lib/i18n/group/employer';
import { words } from '$lib/i18n/index.svelte';

export const load = words(employer);
