import type { Problem } from '../api/problem';
import { closedFor, type Closed } from '../field/certificate';
import { day, ownClaim } from '../field/day.svelte';
import { todayNow } from '../field/now.svelte';
import { items, type BoxItem } from '../offline/outbox.svelte';
import * as sync from '../offline/sync.svelte';
import { isAgent } from '../session.svelte';
import { bringCash, keptCash, keptLists, onCash, type Lists } from './bring';
import { handOf, stopOf, type Hand, type Known, type Stop, type Taken } from './limit';

let known = $state.raw<Known | undefined>();
let lists = $state.raw<Lists>({ receipts: [], deposits: [] });
const state = $state<{ loaded: boolean; problem?: Problem }>({ loaded: false });

/** What the office last said of one's cash; undefined before the first time with a network. */
export const cash = (): Known | undefined => known;
export const cashLoaded = (): boolean => state.loaded;
export const cashProblem = (): Problem | undefined => state.problem;
export const receipts = () => lists.receipts;
export const deposits = () => lists.deposits;

/** Receipts of this phone that the office's numbers do not hold yet: unsent ones, and those sent after it was asked. */
export function sinceItems(): BoxItem[] {
  const at = known?.at ?? 0;
  const told = new Set(lists.receipts.map((r) => r.receipt_id));
  const fresh = (i: BoxItem) => i.state === 'waiting' || i.state === 'sending' || i.state === 'refused' || i.state === 'conflict' || Date.parse(i.sent_at ?? '') > at;
  return items().filter((i) => i.cash && !told.has(i.id) && fresh(i));
}
export const since = (): Taken[] => sinceItems().map((i) => ({ amount: i.cash!.amount, from: i.cash!.from }));
export const hand = (): Hand | undefined => known && handOf(known, since());

/** What the certificate says to taking cash; undefined says that one may. */
export const cashClosed = (): Closed | undefined => (isAgent() ? closedFor('cash', day()?.certificate, ownClaim(), todayNow()) : undefined);
/** What is in the way of taking money at all. */
export const stop = (): Stop | undefined => stopOf(known, cashClosed(), since());

/** Reads what the phone kept. Never throws. */
export async function loadCash(): Promise<void> {
  known = await keptCash();
  lists = (await keptLists()) ?? lists;
  state.loaded = true;
}

/** Brings the newest word of the office. Never throws. */
export async function refreshCash(): Promise<void> {
  try {
    await bringCash();
    state.problem = undefined;
  } catch (error) {
    state.problem = error as Problem;
  }
}

/** Keeps the numbers of a page current. Returns what stops it. */
export function followCash(): () => void {
  const stops = [onCash(() => void loadCash()), sync.onSent(() => void refreshCash())];
  void loadCash().then(refreshCash);
  return () => stops.forEach((s) => s());
}
