import { words } from '$lib/i18n/index.svelte';
import hall from '$lib/i18n/group/hall_public';
import open from '$lib/i18n/group/public';
import service from '$lib/i18n/group/service_public';
import shared from '$lib/i18n/group/service_shared';

export const load = words(hall, open, service, shared);
