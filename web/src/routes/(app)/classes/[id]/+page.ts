import { words } from '$lib/i18n/index.svelte';
import agent from '$lib/i18n/group/agent';

export const load = words(agent);
