import { words } from '$lib/i18n/index.svelte';
import service from '$lib/i18n/group/service_public';
import shared from '$lib/i18n/group/service_shared';

export const load = words(service, shared);
