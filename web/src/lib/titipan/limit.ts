/** What an agent may take in cash, as far as the phone can know: judged without a network, by the last answer of the office. Pure. */
import type { Closed } from '../field/certificate';

/** How the office said it stands; money in whole rupiah. */
export interface Known {
  /** In the agent's hand and not deposited. */
  open: number;
  /** Prepaid: what is taken from it is covered at once. */
  float: number;
  limit: number;
  /** Days until a deposit is due. */
  days: number;
  may_take: boolean;
  why?: string;
  /** The same as a sentence. */
  why_text?: string;
  /** The phone's clock when it was asked. */
  at: number;
}

/** Money that this phone took and the office has not counted. */
export interface Taken { amount: number; from: From }
export type From = 'cash' | 'float';

export interface Hand { open: number; float: number; left: number }

/** The office's numbers and what this phone took since. */
export function handOf(known: Pick<Known, 'open' | 'float' | 'limit'>, since: Taken[]): Hand {
  const sum = (from: From) => since.filter((t) => t.from === from).reduce((all, t) => all + t.amount, 0);
  const open = known.open + sum('cash');
  return { open, float: Math.max(0, known.float - sum('float')), left: Math.max(0, known.limit - open) };
}

/** Why no money may be taken: what the certificate says, what the office said, the limit, or that nothing is known yet. */
export type Stop = { kind: 'certificate'; closed: Closed } | { kind: 'office'; why: string; text?: string } | { kind: 'limit'; left: number } | { kind: 'unknown' };
/** A reason of the office that money from the float is free of. */
const ONLY_CASH = /over_limit|limit/;

/** What is in the way of taking any money at all; undefined says nothing is. Registering is never judged here. */
export function stopOf(known: Known | undefined, closed: Closed | undefined, since: Taken[]): Stop | undefined {
  if (closed) return { kind: 'certificate', closed };
  if (!known) return { kind: 'unknown' };
  if (!known.may_take && !ONLY_CASH.test(known.why ?? '')) return { kind: 'office', why: known.why ?? '', ...(known.why_text ? { text: known.why_text } : {}) };
  const { float, left } = handOf(known, since);
  return left === 0 && float === 0 ? { kind: 'limit', left: 0 } : undefined;
}

/** How a sum would be taken: from the float when that is enough, else as cash while it stays under the limit. */
export function judge(amount: number, known: Known | undefined, closed: Closed | undefined, since: Taken[]): { from: From } | { stop: Stop } {
  const stop = stopOf(known, closed, since);
  if (stop || !known) return { stop: stop ?? { kind: 'unknown' } };
  const { float, left } = handOf(known, since);
  if (amount <= float) return { from: 'float' };
  return amount <= left ? { from: 'cash' } : { stop: { kind: 'limit', left } };
}

/** The ages of what is in hand: day 0 is today, the oldest last. */
export function byAge(receipts: { day: number; amount: number; state: string; paid_from: From }[], today: number): { day: number; amount: number }[] {
  const sums = new Map<number, number>();
  const put = (day: number, amount: number) => amount && sums.set(day, (sums.get(day) ?? 0) + amount);
  for (const r of receipts) if (r.paid_from === 'cash' && ['open', 'in_deposit', 'disputed'].includes(r.state)) put(r.day, r.amount);
  put(0, today);
  return [...sums].map(([day, amount]) => ({ day, amount })).sort((a, b) => a.day - b.day);
}
