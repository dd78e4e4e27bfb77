import type { Problem } from '../api/problem';
import { Draft } from '../offline/draft';
import { session } from '../session.svelte';
import { money, type Lapse } from './money';

interface Kept { at: number; soon: Lapse[]; grace: Lapse[]; counts: { soon: number; grace: number } }

const AGAIN = 10 * 60_000;
const PAGES = 8;
let kept = $state.raw<Kept | undefined>();
const state = $state<{ problem?: Problem; busy: boolean; looked: boolean }>({ busy: false, looked: false });

/** One's own people whose cover ends within a month or so, the nearest first; undefined while it is not known. */
export const endingSoon = (): Lapse[] | undefined => kept?.soon;
/** Those whose cover is over and can be made up. */
export const inGrace = (): Lapse[] | undefined => kept?.grace;
export const lapsesAt = (): number => kept?.at ?? 0;
export const lapseProblem = (): Problem | undefined => state.problem;
export const lapsesLooked = (): boolean => state.looked;

const draft = () => new Draft<Kept>('lapses:' + (session()?.account.account_id ?? ''));

/** Reads the list that the phone kept, sealed, and brings a newer one when there is a network. Never throws. */
export async function bringLapses(force = false, now = Date.now()): Promise<void> {
  kept ??= await draft().load();
  state.looked = true;
  if (state.busy || (!force && kept && now - kept.at < AGAIN)) return;
  state.busy = true;
  try {
    const [soon, grace] = [await all('soon'), await all('grace')];
    kept = { at: now, soon: soon.items.filter((l) => l.days >= 0), grace: grace.items, counts: soon.counts };
    draft().keep(kept);
    state.problem = undefined;
  } catch (error) {
    state.problem = error as Problem;
  } finally {
    state.busy = false;
  }
}

async function all(which: 'soon' | 'grace') {
  const first = await money.lapses(which);
  const items = [...first.items];
  let next = first.next_cursor;
  for (let n = 1; next && n < PAGES; n++) {
    const more = await money.lapses(which, next);
    items.push(...more.items);
    next = more.next_cursor;
  }
  return { ...first, items };
}

/** Puts the newest word on one person into the list. */
export function takeLapse(told: Lapse): void {
  if (!kept) return;
  const anew = (list: Lapse[]) => list.map((l) => (l.worker_id === told.worker_id ? { ...l, ...told } : l));
  kept = { ...kept, soon: anew(kept.soon), grace: anew(kept.grace) };
  draft().keep(kept);
}
