import { words } from '$lib/i18n/index.svelte';
import box from '$lib/i18n/group/box';
import form from '$lib/i18n/group/form';
import pin from '$lib/i18n/group/pin';

export const load = words(box, form, pin);
