import { post } from '../api/client';
import { Problem, type SyncAnswer } from '../api';
import { batchBody, MOST, type Envelope } from './batch';
import { ownDevice, type DeviceKey } from './device';
import { read, write } from './idb';
import * as outbox from './outbox.svelte';

const EVERY = 60_000;
const state = $state<{ busy: boolean; last?: string; problem?: Problem; device?: DeviceKey }>({ busy: false });

export const busy = (): boolean => state.busy;
/** The moment of the last answer from the office. */
export const lastSync = (): string | undefined => state.last;
/** Why the last sending stopped; undefined when it did not. */
export const problem = (): Problem | undefined => state.problem;
/** This phone's enrolment, undefined when it has none. */
export const device = (): DeviceKey | undefined => state.device;

export async function refreshDevice(): Promise<void> {
  state.device = await ownDevice();
  state.last = await read<string>('meta', 'last_sync').catch(() => undefined);
}

/** Loads the box and sends whenever there is a reason to try: start, signal, return to the page, each minute. */
export function start(): () => void {
  void outbox.load().then(refreshDevice).then(flush);
  const again = () => void flush();
  const back = () => document.visibilityState === 'visible' && again();
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', back);
  const clock = setInterval(again, EVERY);
  return () => {
    window.removeEventListener('online', again);
    document.removeEventListener('visibilitychange', back);
    clearInterval(clock);
  };
}

/** Sends what waits, in batches, until nothing waits or the way is closed. Never throws. */
export async function flush(): Promise<void> {
  if (state.busy || !state.device) return;
  state.busy = true;
  try {
    await alone(async () => {
      while (await sendBatch(state.device!, MOST));
      state.problem = undefined;
    });
  } catch (error) {
    state.problem = error as Problem;
    await outbox.load();
  } finally {
    state.busy = false;
  }
}

/** One tab sends at a time. */
async function alone(act: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return act();
  await locks.request('jaring-sync', { ifAvailable: true }, async (lock) => (lock ? act() : undefined));
}

/** Sends up to `most` operations; false when none waits. One that breaks its batch is sent alone and then set aside. */
async function sendBatch(device: DeviceKey, most: number): Promise<boolean> {
  const operations = await outbox.waiting(most);
  if (!operations.length) return false;
  const ids = operations.map((o) => o.id);
  outbox.mark(ids, 'sending');
  try {
    const answer = await send(device, operations.map((o) => o.text));
    for (const outcome of answer.outcomes) await outbox.settle(outcome);
    return answer.outcomes.length > 0;
  } catch (error) {
    outbox.mark(ids, 'waiting');
    const problem = error as Problem;
    if (problem.code !== 'invalid') throw problem;
    if (operations.length > 1) return sendBatch(device, 1);
    await outbox.settle({ id: ids[0]!, outcome: 'refused', findings: problem.findings, detail: problem.detail });
    return true;
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
  await write('meta', 'last_sync', state.last);
  if (answer.pack_version) await write('meta', 'pack_version', answer.pack_version);
  return answer;
}
