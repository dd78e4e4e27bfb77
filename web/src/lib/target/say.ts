import type { Course, Figure } from './types';

export type Verdict = 'reached' | 'missed' | 'few' | 'yes' | 'likely' | 'unlikely' | 'no';

/** Whether a target is reached, by the range of what is expected; never bolder than the range. */
export function verdictOf(c: Course, value: number, over: boolean): { verdict: Verdict; short: number } {
  const short = Math.max(0, value - (over || !c.paced ? c.reached : c.expected));
  if (c.reached >= value) return { verdict: 'reached', short: 0 };
  if (over) return { verdict: 'missed', short };
  if (!c.paced) return { verdict: 'few', short };
  if (c.low >= value) return { verdict: 'yes', short: 0 };
  if (c.expected >= value) return { verdict: 'likely', short: 0 };
  return { verdict: c.high >= value ? 'unlikely' : 'no', short };
}

/** What was won by the end of each month, month by month. */
export function sums(c: Course): number[] {
  let sum = 0;
  return c.months.map((m) => (sum += m.n));
}

/** The targets of one's own office that have begun, the largest first, persons before employers. */
export const ownTargets = (items: Figure[], office: string): Figure[] =>
  items.filter((f) => f.kind === 'target' && f.course && f.office_id === office).sort((a, b) => (a.unit === b.unit ? b.value - a.value : a.unit === 'person' ? -1 : 1));

/** Where the present stands in its year, from 0 to 12 months. */
export const monthsGone = (today: string, year: number): number =>
  Number(today.slice(0, 4)) > year ? 12 : Number(today.slice(5, 7)) - 1 + Math.min(1, Number(today.slice(8, 10)) / 30);
