import type { LotOutcome } from '../api/field';
import { read, write } from '../offline/idb';
import { add, items } from '../offline/outbox.svelte';
import * as sync from '../offline/sync.svelte';
import { session } from '../session.svelte';
import { foldNumber, type OwnVisit } from './lot';

let list = $state.raw<OwnVisit[]>([]);

const keyOf = () => 'visits:' + (session()?.account.account_id ?? '');

/** What this phone said of lots; what the office refused does not count. */
export function visits(): OwnVisit[] {
  const refused = new Set(items().filter((i) => i.state === 'refused' || i.state === 'conflict').map((i) => i.id));
  return list.filter((v) => !refused.has(v.id));
}

/** Whether the operation of a visit still waits on this phone. */
export const isUnsent = (id: string): boolean => items().some((i) => i.id === id && (i.state === 'waiting' || i.state === 'sending'));

export async function loadVisits(): Promise<void> {
  list = (await read<OwnVisit[]>('meta', keyOf()).catch(() => undefined)) ?? [];
}

/** Notes a visit beside the operation that tells it; of one lot the phone keeps what still waits and the last. */
export async function noteVisit(visit: OwnVisit): Promise<void> {
  const same = (v: OwnVisit) => v.campaign === visit.campaign && v.lane === visit.lane && foldNumber(v.number) === foldNumber(visit.number);
  list = [...list.filter((v) => !same(v) || isUnsent(v.id)), visit];
  await write('meta', keyOf(), list).catch(() => undefined);
}

export interface Told {
  campaign: string;
  lane: string;
  number: string;
  outcome: Exclude<LotOutcome, 'registered'>;
  reason?: string;
  back_at?: string;
}

/** Records what was found at a lot. It returns when the phone has it on disk; an error means it has not. */
export async function record(told: Told): Promise<void> {
  const { campaign, lane, number, outcome, reason, back_at } = told;
  const item = await add({
    kind: 'lot.record', label: number, agent: session()!.account.account_id,
    body: { campaign_id: campaign, lane_id: lane, number, outcome, reason, back_at }
  });
  await noteVisit({ campaign, lane, number, outcome, back_at, at: item.taken_at, id: item.id });
  void sync.flush();
}

/** After a new pack of the day: visits that the office has stand in it. */
export async function settleVisits(): Promise<void> {
  const waits = new Set(items().filter((i) => i.state !== 'accepted' && i.state !== 'review' && i.state !== 'held').map((i) => i.id));
  list = list.filter((v) => waits.has(v.id));
  await write('meta', keyOf(), list).catch(() => undefined);
}
