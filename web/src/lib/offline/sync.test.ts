import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../api';
import { clockOff } from './clock';
import { newKeys } from './device';
import { write } from './idb';
import * as outbox from './outbox.svelte';
import * as sync from './sync.svelte';

type Sent = { operations: { id: string; body: { name: string } }[] };
let sent: Sent[] = [];
function office(answer: (batch: Sent) => Response | Error) {
  sent = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const batch = JSON.parse(init.body as string) as Sent;
    sent.push(batch);
    const said = answer(batch);
    return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
  });
}
/** Without the office's key the bodies are sent as they are, so that this test can read them. */
const outcomes = (batch: Sent, of: (name: string) => Outcome['outcome'] = () => 'accepted') =>
  Response.json({ outcomes: batch.operations.map((o) => ({ id: o.id, outcome: of(o.body.name) })), server_time: '2026-11-21T03:00:00Z', pack_version: '7' });
const add = (name: string) => outbox.add({ kind: 'worker.register', body: { name }, label: name, agent: 'a' });
const states = () => Object.fromEntries(outbox.items().map((i) => [i.label, i.state]));

beforeEach(async () => {
  await write('keys', 'device', { device_id: 'd', name: 'HP', account_id: 'a', enrolled_at: '', keys: await newKeys() });
  await outbox.load();
  for (const i of [...outbox.items()]) await outbox.dismiss(i.id);
  await sync.refreshDevice();
});
afterEach(() => vi.unstubAllGlobals());

describe('sending the box', () => {
  it('sends nothing when nothing waits', async () => {
    office(outcomes);
    await sync.flush();
    expect(sent).toEqual([]);
  });
  it('sends at most a hundred at once, in order, and settles each', async () => {
    for (let n = 0; n < 103; n++) await add('p' + n);
    office(outcomes);
    await sync.flush();
    expect(sent.map((b) => b.operations.length)).toEqual([100, 3]);
    expect(sent[0]!.operations[0]!.body.name).toBe('p0');
    expect(outbox.unsent()).toBe(0);
    expect(sync.lastSync()).toBe('2026-11-21T03:00:00Z');
  });
  it('keeps all when the network is cut, and sends when it is back', async () => {
    await add('one');
    office(() => new TypeError('cut'));
    await sync.flush();
    expect(states()).toEqual({ one: 'waiting' });
    expect(sync.problem()?.away).toBe(true);
    office(outcomes);
    await sync.flush();
    expect(states()).toEqual({ one: 'accepted' });
    expect(sync.problem()).toBeUndefined();
  });
  it('tries again soon after a failure, then less often, and not once all is sent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const page = { addEventListener: () => {}, removeEventListener: () => {}, visibilityState: 'visible' };
    vi.stubGlobal('window', page);
    vi.stubGlobal('document', page);
    let fails = 2;
    office((b) => (fails-- > 0 ? new TypeError('cut') : outcomes(b)));
    await add('one');
    const stop = sync.start();
    try {
      await vi.waitFor(() => expect(sent.length).toBe(1));
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(2)); // the minute, and soon
      await vi.advanceTimersByTimeAsync(3_000);
      await vi.waitFor(() => expect(sent.length).toBe(2));
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(2));
      await vi.advanceTimersByTimeAsync(3_000);
      expect(sent.length).toBe(2);
      await vi.advanceTimersByTimeAsync(3_000);
      await vi.waitFor(() => expect(states()).toEqual({ one: 'accepted' }));
      expect(vi.getTimerCount()).toBe(1);
    } finally {
      stop();
      vi.useRealTimers();
    }
  });
  it('tells refused, held and checked apart', async () => {
    for (const name of ['refused', 'held', 'review', 'conflict', 'same']) await add(name);
    office((b) => outcomes(b, (name) => name as Outcome['outcome']));
    await sync.flush();
    expect(states()).toEqual({ refused: 'refused', held: 'held', review: 'review', conflict: 'conflict', same: 'accepted' });
  });
  it('sets a record aside that breaks its batch, and sends the others', async () => {
    for (const name of ['a', 'poison', 'c']) await add(name);
    office((b) => (b.operations.some((o) => o.body.name === 'poison') ? Response.json({ code: 'invalid', key: 'json.malformed', detail: 'x' }, { status: 422 }) : outcomes(b)));
    await sync.flush();
    expect(states()).toEqual({ a: 'accepted', poison: 'refused', c: 'accepted' });
  });
  it('finds one bad record among many without sending each alone', async () => {
    for (let n = 0; n < 40; n++) await add('p' + n);
    office((b) => (b.operations.some((o) => o.body.name === 'p17') ? Response.json({ code: 'invalid', key: 'json.malformed', detail: 'x' }, { status: 422 }) : outcomes(b)));
    await sync.flush();
    expect(Object.entries(states()).filter(([, state]) => state !== 'accepted')).toEqual([['p17', 'refused']]);
    expect(sent.length).toBeLessThan(16);
  });
  it('matches answers to records by their order: one that could not be read has no id', async () => {
    for (const name of ['a', 'b']) await add(name);
    office((b) => Response.json({ outcomes: b.operations.map((_, n) => ({ id: '', outcome: n ? 'accepted' : 'refused', detail: 'x' })), server_time: '2026-11-21T03:00:00Z' }));
    await sync.flush();
    expect(states()).toEqual({ a: 'refused', b: 'accepted' });
    expect(sent).toHaveLength(1);
  });
  it('learns the office’s time, and tells who asked that something was sent', async () => {
    await add('one');
    let told = 0;
    const stop = sync.onSent(() => told++);
    office((b) => Response.json({ outcomes: b.operations.map((o) => ({ id: o.id, outcome: 'accepted' })), server_time: new Date(Date.now() + 3_600_000).toISOString() }));
    await sync.flush();
    await sync.flush();
    stop();
    expect(told).toBe(1);
    expect(clockOff()).toBeGreaterThan(3_590_000);
  });
  it('keeps all when the office does not know the phone', async () => {
    await add('one');
    office(() => Response.json({ code: 'unauthenticated', key: 'sync.device_unknown' }, { status: 401 }));
    await sync.flush();
    expect(states()).toEqual({ one: 'waiting' });
    expect(sync.problem()?.code).toBe('unauthenticated');
  });
  it('sends what was added while a sending was ending', async () => {
    await add('one');
    let late: Promise<unknown> | undefined;
    office((b) => {
      if (b.operations[0]!.body.name === 'one') late = add('two').then(() => sync.flush());
      return outcomes(b);
    });
    await sync.flush();
    await late;
    await vi.waitFor(() => expect(states()).toEqual({ one: 'accepted', two: 'accepted' }));
  });
  it('sends once when asked twice at the same time', async () => {
    await add('one');
    office(outcomes);
    await Promise.all([sync.flush(), sync.flush()]);
    expect(sent).toHaveLength(1);
  });
});
