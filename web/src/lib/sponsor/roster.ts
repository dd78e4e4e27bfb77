import type { Shape } from '../ui/shape';
import type { Agreement, AgreementHead, Collision, Roster, RosterState, RowFinding } from './types';

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

/** Rows that need the same mending, said once; in the order of their first row. */
export interface Told extends RowFinding { rows: number[] }
export function gather(list: RowFinding[]): Told[] {
  const found = new Map<string, Told>();
  for (const f of list) {
    const key = JSON.stringify([f.verdict, f.field, f.code, f.message, f.suggestion, f.mendable]);
    const same = found.get(key);
    if (same) same.rows.push(f.row);
    else found.set(key, { ...f, rows: [f.row] });
  }
  return [...found.values()];
}

/** How much of a ceiling is used, from 0 to 1. */
export const share = (used: number, ceiling: number): number => (ceiling > 0 ? Math.min(1, used / ceiling) : 0);
export const leftOf = (a: AgreementHead): { amount: number; people: number } => ({ amount: a.ceiling_amount - a.used_amount, people: a.ceiling_people - a.used_people });

/** Whether an agreement asks anything of its people. */
export const asks = (a: Agreement): boolean => Object.values(a.terms).some((v) => (Array.isArray(v) ? v.length > 0 : typeof v === 'object' ? Object.keys(v).length > 0 : !!v));

/** The greatest file that the office takes, in bytes. */
export const LARGEST = 128 << 20;
export const isSheet = (name: string): boolean => /\.(xlsx|csv|txt|tsv)$/i.test(name);
/** A file's size in words: `392 B`, `12 kB`, `3 MB`. */
export const sizeOf = (n: number): string => (n < 1000 ? `${n} B` : n < 1_000_000 ? `${Math.round(n / 1000)} kB` : `${Math.round(n / 1_000_000)} MB`);
