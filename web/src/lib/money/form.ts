import { say } from '../agent/form';
import { t } from '../i18n/index.svelte';
import type { Note } from '../ui/note';

export { focusFirst, loose, notesOf, required, say } from '../agent/form';

/** A reason is read by others later. */
export const reasonNotes = (reason: string): Note[] => (reason.trim().length < 5 ? say(t('money.reason.short')) : []);
