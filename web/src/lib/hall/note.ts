import type { Problem } from '../api/problem';
import type { Note } from '../ui/note';

/** What a refusal says of one field. */
export function notesOf(problem: Problem | undefined, field: string): Note[] {
  return (problem?.findings ?? []).filter((f) => f.pointer?.replace(/^\//, '') === field)
    .map((f) => ({ code: f.code, verdict: f.verdict === 'warn' || f.verdict === 'hold' ? f.verdict : 'reject', text: f.detail ?? '' }));
}
