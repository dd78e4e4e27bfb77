/** Who stays, in shares. Pure. */
import type { Cohort } from './types';

export const AFTER = [1, 3, 6, 12] as const;
export type After = (typeof AFTER)[number];

/** The share that is kept; undefined for a month that has not come. */
export function shareOf(c: Cohort, after: After): number | undefined {
  const kept = c.kept[String(after)];
  return kept === undefined || c.joined === 0 ? undefined : kept / c.joined;
}

/** One of five steps of one hue. */
export const stepOf = (share: number): 1 | 2 | 3 | 4 | 5 => (share < 0.2 ? 1 : share < 0.4 ? 2 : share < 0.6 ? 3 : share < 0.8 ? 4 : 5);

/** All cohorts that are old enough, together. */
export function together(cohorts: readonly Cohort[], after: After): { joined: number; kept: number; share: number } | undefined {
  const old = cohorts.filter((c) => c.kept[String(after)] !== undefined);
  const joined = old.reduce((sum, c) => sum + c.joined, 0);
  const kept = old.reduce((sum, c) => sum + c.kept[String(after)]!, 0);
  return joined ? { joined, kept, share: kept / joined } : undefined;
}
