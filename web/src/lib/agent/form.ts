import { fieldOf, type Problem } from '../api';
import { t } from '../i18n/index.svelte';
import type { Note } from '../ui/note';

/** A sentence under a field that stops. */
export const say = (text: string): Note[] => [{ code: text, verdict: 'reject', text }];
export const required = (): Note[] => say(t('finding.field.required'));

/** What the office found wrong in a field, in its own words. */
export const notesOf = (problem: Problem | undefined, field: string): Note[] =>
  (problem?.findings ?? []).filter((f) => fieldOf(f.pointer) === field).map((f) => ({ code: f.code, verdict: 'reject' as const, text: f.detail || f.code }));

/** Whether a problem belongs to none of the fields that the form shows. */
export const loose = (problem: Problem | undefined, fields: readonly string[]): boolean =>
  !!problem && !problem.findings.some((f) => fields.includes(fieldOf(f.pointer)));

/** Puts the cursor into the first field that has a note. */
export function focusFirst(notes: Record<string, Note[]>, prefix: string): boolean {
  const first = Object.keys(notes).find((field) => notes[field]!.length);
  if (first) document.getElementById(prefix + first)?.focus();
  return first !== undefined;
}
