import type { Shape } from '../ui/shape';
import type { Agreement, AgreementHead, Cells, Collision, Roster, RosterState, RowFinding } from './types';

/** States that go on by themselves: the page looks again. */
const MOVING: RosterState[] = ['received', 'judging', 'approved', 'paid'];
export const moving = (state: RosterState): boolean => MOVING.includes(state);
/** Before the approval the file can still be mended or withdrawn. */
export const open = (state: RosterState): boolean => ['received', 'judging', 'judged', 'unreadable'].includes(state);
/** Everybody of the list is in the book. */
export const enrolled = (state: RosterState): boolean => ['enrolled', 'paid', 'started'].includes(state);
export const judgedOnce = (state: RosterState): boolean => ['judged', 'approved'].includes(state) || enrolled(state);

export const shapeOfState = (state: RosterState): Shape =>
  state === 'started' ? 'protected' : state === 'cancelled' ? 'lapsed' : state === 'unreadable' ? 'grace' : 'pending';

/** What is drawn of a list: who may come along, who after mending, who waits for a look, who not. */
export interface Parts { ready: number; mend: number; hold: number; out: number }
export const partsOf = (r: Pick<Roster, 'people' | 'mendable' | 'held' | 'rejected'>): Parts => ({
  ready: r.people, mend: r.mendable, hold: r.held, out: Math.max(0, r.rejected - r.mendable)
});

export const savedOf = (list: Collision[]): { people: number; saved: number } => ({
  people: list.reduce((n, c) => n + c.people, 0), saved: list.reduce((sum, c) => sum + c.saved, 0)
});

export type Section = 'mend' | 'hold' | 'out' | 'warn' | 'done';
export const SECTIONS: Section[] = ['mend', 'hold', 'out', 'warn', 'done'];
/** What a finding asks of whoever mends the list. */
export const sectionOf = (f: Pick<RowFinding, 'verdict' | 'mendable' | 'code'>): Section =>
  f.verdict === 'pass' || f.code === 'roster.left_out' ? 'done' : f.verdict === 'reject' ? (f.mendable ? 'mend' : 'out') : f.verdict === 'hold' ? 'hold' : 'warn';

/** Findings of lines that are nobody's, and of the whole file. */
const NOBODY = ['roster.row_skipped', 'roster.month_first', 'roster.nik_tails'];
/** Whether a finding is about somebody; a name or a NIK may be just what is missing. */
export const ofSomebody = (f: Pick<RowFinding, 'code'>): boolean => !NOBODY.includes(f.code);

export const PERSON = ['nik', 'name', 'birth_date', 'sex'] as const satisfies (keyof Cells)[];
/** The cells that may be typed for a finding: its own, those it compares, or another person's. */
export function cellsOf(f: Pick<RowFinding, 'code' | 'field' | 'verdict' | 'mendable'>): readonly (keyof Cells)[] {
  if (f.code === 'nik.birth_differs') return ['birth_date', 'nik'];
  if (f.code === 'nik.sex_differs') return ['sex', 'nik'];
  if (!f.field || sectionOf(f) === 'out' || f.code === 'roster.maybe_same' || f.code.startsWith('roster.book.')) return PERSON;
  return f.field === 'district' || f.field === 'regency' ? ['village'] : [f.field as keyof Cells];
}

/** The name alone of `Tungkal Harapan, Kec. Tungkal Ilir`. */
export const shortOf = (text: string): string => text.split(', ')[0]!;

/** How much of a ceiling is used, from 0 to 1. */
export const share = (used: number, ceiling: number): number => (ceiling > 0 ? Math.min(1, used / ceiling) : 0);
export const leftOf = (a: AgreementHead): { amount: number; people: number } => ({ amount: a.ceiling_amount - a.used_amount, people: a.ceiling_people - a.used_people });

/** Whether an agreement asks anything of its people. */
export const asks = (a: Agreement): boolean => Object.values(a.terms).some((v) => (Array.isArray(v) ? v.length > 0 : typeof v === 'object' ? Object.keys(v).length > 0 : !!v));

/** The greatest file that the office takes, in bytes. */
export const LARGEST = 256 << 20;
export const isSheet = (name: string): boolean => /\.(xlsx|csv|txt|tsv)$/i.test(name);
/** A file's size in words: `392 B`, `12 kB`, `3 MB`. */
export const sizeOf = (n: number): string => (n < 1000 ? `${n} B` : n < 1_000_000 ? `${Math.round(n / 1000)} kB` : `${Math.round(n / 1_000_000)} MB`);
