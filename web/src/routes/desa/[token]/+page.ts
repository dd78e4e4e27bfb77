import publics from '$lib/i18n/group/public';
import own from '$lib/i18n/group/village_public';
import shared from '$lib/i18n/group/village_shared';
import { words } from '$lib/i18n/index.svelte';

export const load = words(publics, own, shared);
