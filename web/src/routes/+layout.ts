import { words } from '$lib/i18n/index.svelte';

// The screens live in the browser alone: the server is the API.
export const ssr = false;
export const prerender = false;
export const trailingSlash = 'never';

export const load = words();
