import { post } from '../api/client';
import { Problem, type SyncAnswer } from '../api';
import { batchBody, MOST, type Envelope } from './batch';
import { learnTime, loadClock } from './clock';
import { ownDevice, type DeviceKey } from './device';
import { read, write } from './idb';
import * as outbox from './outbox.svelte';
import { loadOwn } from './own.svelte';

const EVERY = 60_000;
/** After a try that failed, or that another tab kept from beginning: twice as long each time, a minute at the most. */
const SOON = 3_000;
const state = $state<{ busy: boolean; last?: string; problem?: Problem; device?: DeviceKey; looked: boolean }>({ busy: false, looked: false });
const told = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('jaring-box');

export const busy = (): boolean => state.busy;
/** The moment of the last answer from the office. */
export const lastSync = (): string | undefined => state.last;
/** Why the last sending stopped; undefined when it did not. */
export const problem = (): Problem | undefined => state.problem;
/** This phone's enrolment, undefined when it has none. */
export const device = (): DeviceKey | undefined => state.device;
/** Whether the phone was asked for its enrolment yet. */
export const looked = (): boolean => state.looked;

/** Calls `act` after each sending that the office answered. Returns what stops it. */
export function onSent(act: () => void): () => void {
  told.add(act);
  return () => told.delete(act);
}

export async function refreshDevice(): Promise<void> {
  state.device = await ownDevice();
  state.last = await read<string>('meta', 'last_sync').catch(() => undefined);
  state.looked = true;
}

/** What the phone knows of itself: its own key, its clock, its box, its enrolment. */
export async function loadPhone(): Promise<void> {
  await Promise.all([loadOwn().catch(() => undefined), loadClock()]);
  await Promise.all([outbox.loadStates(), refreshDevice()]);
  void outbox.readNames().catch(() => undefined);
}

let running = false;
let next: ReturnType<typeof setTimeout> | undefined;
let pause = SOON;

/** Tries again before the minute's turn, as long as something waits. */
function soon(): void {
  if (!running || next || !outbox.unsent()) return;
  next = setTimeout(() => ((next = undefined), void flush()), pause);
  pause = Math.min(2 * pause, EVERY);
}

/** Sends whenever there is a reason to try: start, signal, return to the page, soon after a failure, each minute. */
export function start(): () => void {
  running = true;
  void loadPhone().then(flush);
  const again = () => void flush();
  const back = () => document.visibilityState === 'visible' && again();
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', back);
  const clock = setInterval(again, EVERY);
  const other = () => void outbox.load();
  channel?.addEventListener('message', other);
  return () => {
    channel?.removeEventListener('message', other);
    window.removeEventListener('online', again);
    document.removeEventListener('visibilitychange', back);
    clearInterval(clock);
    clearTimeout(next);
    [running, next, pause] = [false, undefined, SOON];
  };
}

/** Asked for while a sending was under way: what was added at its very end must not wait for the next minute. */
let wanted = false;

/** Sends what waits, in batches, until nothing waits or the way is closed. Never throws. */
export async function flush(): Promise<void> {
  if (!state.device) return;
  if (state.busy) return void (wanted = true);
  state.busy = true;
  wanted = false;
  let sent = false;
  let began = false;
  try {
    await alone(async () => {
      began = true;
      // Among so many of the oldest is one that breaks its batch: they are halved until it is found.
      let suspect = 0;
      for (;;) {
        const took = await sendBatch(state.device!, suspect ? Math.ceil(suspect / 2) : MOST);
        if (took === 0) break;
        sent ||= took > 0;
        suspect = took < 0 ? -took : Math.max(0, suspect - took);
      }
      state.problem = undefined;
    });
  } catch (error) {
    state.problem = error as Problem;
    await outbox.load();
  } finally {
    state.busy = false;
  }
  if (sent) tell();
  if (state.problem || !began) soon();
  else pause = SOON;
  if (wanted && !state.problem) await flush();
}

/** Other tabs look at the box anew; who asked for it is told. */
function tell(): void {
  channel?.postMessage('sent');
  told.forEach((act) => act());
}

/** One tab sends at a time. */
async function alone(act: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return act();
  await locks.request('jaring-sync', { ifAvailable: true }, async (lock) => (lock ? act() : undefined));
}

/**
 * Sends up to `most` operations and says how many were answered. Below zero: one of so many breaks
 * the batch, so a smaller one must be tried. One that breaks a batch of its own is set aside.
 */
async function sendBatch(device: DeviceKey, most: number): Promise<number> {
  const operations = await outbox.waiting(most);
  if (!operations.length) return 0;
  const ids = operations.map((o) => o.id);
  outbox.mark(ids, 'sending');
  try {
    const answer = await send(device, operations.map((o) => o.text));
    // One outcome for each operation, in their order; one that could not be read has no id.
    await outbox.settle(answer.outcomes.slice(0, ids.length).map((o, n) => ({ ...o, id: ids[n]! })));
    return answer.outcomes.length;
  } catch (error) {
    outbox.mark(ids, 'waiting');
    const problem = error as Problem;
    if (problem.code !== 'invalid') throw problem;
    if (operations.length > 1) return -operations.length;
    await outbox.settle([{ id: ids[0]!, outcome: 'refused', findings: problem.findings, detail: problem.detail }]);
    return 1;
  }
}

async function send(device: DeviceKey, operations: string[]): Promise<SyncAnswer> {
  const envelope: Envelope = {
    device_id: device.device_id,
    pack_version: (await read<string>('meta', 'pack_version')) ?? '',
    now: new Date().toISOString(),
    last_sync: (await read<string>('meta', 'last_sync')) ?? ''
  };
  const raw = await batchBody(device.keys, envelope, operations);
  const answer = await post<SyncAnswer>('/sync', undefined, { raw, timeout: 30_000 });
  state.last = answer.server_time ?? envelope.now;
  await learnTime(state.last);
  await write('meta', 'last_sync', state.last);
  if (answer.pack_version) await write('meta', 'pack_version', answer.pack_version);
  return answer;
}
