import { words } from '$lib/i18n/index.svelte';
import desk from '$lib/i18n/group/desk';
import hall from '$lib/i18n/group/hall';
import money from '$lib/i18n/group/money';
import service from '$lib/i18n/group/service';
import shared from '$lib/i18n/group/service_shared';

export const load = words(desk, hall, money, service, shared);
