import { words } from '$lib/i18n/index.svelte';
import box from '$lib/i18n/group/box';
import field from '$lib/i18n/group/field';
import form from '$lib/i18n/group/form';

export const load = words(box, field, form);
