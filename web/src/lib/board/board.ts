/** What the board works out of the numbers that it was sent. Pure: the time is an argument. */
import type { Board, LotCount } from './types';

const MINUTE = 60_000;
export const moment = (iso: string | undefined): number => (iso ? Date.parse(iso) : NaN);

/**
 * Where a sweep stands: before it, due but not opened yet, running, past its time but not
 * closed yet, in a pause, closed while late phones may still send, final, called off.
 */
export type Phase = 'before' | 'due' | 'running' | 'over' | 'paused' | 'closed' | 'sealed' | 'cancelled';

export function phaseOf(c: Board['campaign'], now: number): Phase {
  switch (c.state) {
    case 'planned': return now < moment(c.opens_at) ? 'before' : 'due';
    case 'open': return now < moment(c.closes_at) ? 'running' : 'over';
    default: return c.state;
  }
}

export type Unit = 'day' | 'hour' | 'minute' | 'second';
const UNITS: [Unit, number][] = [['day', 1440 * MINUTE], ['hour', 60 * MINUTE], ['minute', MINUTE], ['second', 1000]];

/** A span as its two largest units: 1 minute 24 seconds, 2 days 3 hours. Never below zero. */
export function spanOf(ms: number): { unit: Unit; n: number }[] {
  const whole = Math.max(0, Math.ceil(ms / 1000)) * 1000;
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first < 0) return [{ unit: 'second', n: 0 }];
  const [unit, size] = UNITS[first]!;
  const parts = [{ unit, n: Math.floor(whole / size) }];
  const next = UNITS[first + 1];
  if (next) parts.push({ unit: next[0], n: Math.floor((whole % size) / next[1]) });
  return parts;
}

/** How many were registered in the last ten minutes before the board's moment. */
export function paceOf(board: Pick<Board, 'curve' | 'as_of' | 'registered'>, minutes = 10): number {
  const from = moment(board.as_of) - minutes * MINUTE;
  const before = board.curve.filter((p) => moment(p.at) <= from).at(-1)?.n ?? 0;
  return Math.max(0, board.registered - before);
}

export interface CurvePoint { x: number; y: number; n: number; at: number }

/** The curve in shares of its field, from the start to the planned end, or further when it went on. Zero stands at the foot. */
export function curveOf(board: Pick<Board, 'curve' | 'as_of' | 'registered' | 'campaign'>): { from: number; to: number; points: CurvePoint[] } {
  const c = board.campaign;
  const from = moment(c.began_at) || moment(c.opens_at);
  const end = Math.min(moment(board.as_of), moment(c.ended_at) || Infinity);
  const to = Math.max(moment(c.closes_at), end, from + MINUTE);
  const told = board.curve.map((p) => ({ at: moment(p.at), n: p.n })).filter((p) => p.at >= from && p.at < end);
  if (told[0]?.at !== from) told.unshift({ at: from, n: 0 });
  if (end > from) told.push({ at: end, n: board.registered });
  const most = Math.max(1, ...told.map((p) => p.n));
  return { from, to, points: told.map((p) => ({ ...p, x: (p.at - from) / (to - from), y: p.n / most })) };
}

/** What came in each step of the curve, for small bars; the newest last. */
export function stepsOf(curve: Board['curve'], most = 24): number[] {
  return curve.map((p, i) => Math.max(0, p.n - (curve[i - 1]?.n ?? 0))).slice(-most);
}

const LOTS: LotCount[] = ['registered', 'member', 'back', 'closed', 'refused', 'visited', 'unvisited'];

/** The parts of the lots bar in their order; the talked-to without an outcome only where there are some. */
export function lotParts(lots: Board['lots']): { kind: LotCount; n: number }[] {
  return LOTS.map((kind) => ({ kind, n: lots[kind] })).filter((p) => p.kind !== 'visited' || p.n > 0);
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const CELLS = 22;

/** How many people one diamond of the ranking stands for, so that the longest row fits. */
export const unitOf = (most: number): number => STEPS.find((s) => most / s <= CELLS) ?? Math.ceil(most / CELLS);

/** The diamonds of a row: solid for the protected, hollow for the rest. No row says more protected than there are. */
export function cellsOf(registered: number, protected_: number, unit: number): boolean[] {
  const all = Math.ceil(registered / unit);
  const solid = Math.min(all, Math.floor(Math.min(protected_, registered) / unit));
  return Array.from({ length: all }, (_, n) => n < solid);
}

// Heights in rem of 1920 wide: what the ranking has, and what its rows take.
const ROOM = 49.2;
const TOP = 4.9;
const ROW = 3.36;
const LOW = 2.03;
const LOW_EDGE = 0.7;
const FULL = 10;
const MOST = 4;

export interface Plan {
  /** Rows with diamonds. */
  full: number;
  /** Columns of the small list below them. */
  columns: number;
  /** Names of the small list that stand at the same time. */
  each: number;
  pages: number;
}

/** How `n` agents stand on the board, `top` of them large, so that each appears and nothing scrolls. */
export function planOf(n: number, top: number): Plan {
  const large = Math.min(top, n);
  const height = (full: number) => large * TOP + Math.max(0, full - large) * ROW;
  const lines = (full: number) => Math.max(0, Math.floor((ROOM - LOW_EDGE - height(full)) / LOW));
  if (n <= FULL) return { full: n, columns: 3, each: 0, pages: 1 };
  for (const columns of [3, MOST]) {
    for (let full = Math.min(FULL, n); full >= Math.max(large, 4); full--) {
      if (lines(full) * columns >= n - full) return { full, columns, each: n - full, pages: 1 };
    }
  }
  const full = Math.max(large, 4);
  const pages = Math.ceil((n - full) / (lines(full) * MOST));
  return { full, columns: MOST, each: Math.ceil((n - full) / pages), pages };
}

/** Which page of several stands now; each stands for the same time. */
export const turnOf = (now: number, pages: number, seconds = 12): number => (pages > 1 ? Math.floor(now / (seconds * 1000)) % pages : 0);

interface Span { at: number; size: number }

/**
 * The tracks of a plan along one side, and where each span begins among them: a track where
 * something lies, and a single narrow one for each stretch where nothing does.
 */
export function tracksOf(spans: readonly Span[]): { full: boolean[]; starts: number[]; sizes: number[] } {
  const end = Math.max(1, ...spans.map((s) => s.at + s.size));
  const full: boolean[] = [];
  const place: number[] = [];
  for (let i = 0; i < end; i++) {
    const taken = spans.some((s) => s.at <= i && i < s.at + s.size);
    if (taken || full.at(-1) !== false) full.push(taken);
    place.push(full.length - 1);
  }
  return { full, starts: spans.map((s) => place[s.at]!), sizes: spans.map((s) => s.size) };
}
