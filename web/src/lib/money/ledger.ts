/** A worker's money in rows that a worker understands. Pure. */
import type { Quote } from '../api';
import type { Contribution, LedgerEntry, WorkerLedger } from './types';
import type { Shape } from '../ui/shape';

export interface MoneyRow extends LedgerEntry {
  channel?: string;
  /** What became of the months that were paid. */
  state: 'confirmed' | 'paid' | 'reversed' | 'hands' | 'plain';
  /** The payment may be undone here: the last one, and the fund has not acknowledged it. */
  undo?: boolean;
}

/** The rows of a ledger, the newest first. */
export function rowsOf(ledger: WorkerLedger): MoneyRow[] {
  const by = new Map(ledger.contributions.map((c) => [c.contribution_id, c]));
  const last = lastPaid(ledger);
  return ledger.entries
    .map((e): MoneyRow => {
      const c = e.contribution_id ? by.get(e.contribution_id) : undefined;
      const undo = !!last && e.entry_id === last.entry_id && !c?.confirmed;
      return { ...e, channel: e.kind === 'settle' ? c?.payment.channel : undefined, state: stateOf(e, c), undo: undo || undefined };
    })
    .reverse();
}

/** Every entry is written once: the last that settled and stands. */
function lastPaid(ledger: WorkerLedger): LedgerEntry | undefined {
  return ledger.entries.filter((e) => (e.kind === 'settle' || e.kind === 'deposit') && !e.reversed).at(-1);
}

function stateOf(e: LedgerEntry, c: Contribution | undefined): MoneyRow['state'] {
  if (e.reversed || e.kind === 'reverse') return 'reversed';
  if (e.kind === 'take_cash') return 'hands';
  if (e.kind !== 'settle' && e.kind !== 'deposit') return 'plain';
  return c?.confirmed ? 'confirmed' : 'paid';
}

/** The explanation of what is asked for: the one that came with the code, else the person's, when it is of the same months and sum. */
export function quoteOf(c: Contribution, ...known: (Quote | undefined)[]): Quote | undefined {
  return known.find((q) => q && q.total === c.total && q.first_month === c.first_month);
}

/** The contribution that waits to be paid. */
export const waiting = (ledger: WorkerLedger | undefined): Contribution | undefined => ledger?.contributions.find((c) => c.payment.state === 'waiting');

/** What a payment comes to, as a shape: protected at once, with days that stay open, or from the start again. */
export const outlookShape = { covered: 'protected', gap: 'grace', new: 'lapsed' } as const satisfies Record<string, Shape>;

/** The first month of arrears; undefined when none was missed or cover is over. */
export function arrearsFrom(cover: { status: string; until?: string } | undefined, today: string, add: (month: string, n: number) => string): string | undefined {
  if (cover?.status !== 'grace' || !cover.until) return undefined;
  const from = add(cover.until.slice(0, 7), 1);
  return from < today.slice(0, 7) ? from : undefined;
}
