import 'fake-indexeddb/auto';
import { createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newKeys, publicKey, type DeviceKey } from '../offline/device';
import { change, read, readAll } from '../offline/idb';
import * as outbox from '../offline/outbox.svelte';
import { byAge, handOf, judge, stopOf, type Known, type Taken } from './limit';
import { checkAddress, groupCode, LETTERS, newCode, readCode, signedText, toSecond } from './receipt';
import { slipOf, takeCash, type Taking } from './take';

const WORKER = '01939f00-0000-7000-8000-000000000001';
const taking: Taking = { person: { worker_id: WORKER }, label: 'Sumarni C.', amount: 50_400, months: 3, from: 'cash' };

describe('the code of a receipt', () => {
  it('has 13 letters of 32, none that is read as another, each as likely', () => {
    expect(LETTERS).toHaveLength(32);
    expect(LETTERS).not.toMatch(/[01OI]/);
    expect(newCode(Uint8Array.from({ length: 13 }, (_, n) => n * 20))).toBe('2NAWJ6SE2NAWJ');
    expect(newCode(new Uint8Array(13).fill(255))).toBe('ZZZZZZZZZZZZZ');
    expect(new Set(Array.from({ length: 500 }, () => newCode())).size).toBe(500);
  });
  it('is written 4-4-5 and read however it was typed, pasted or scanned', () => {
    expect(groupCode('J7K4M2QX9TRVA')).toBe('J7K4-M2QX-9TRVA');
    for (const text of ['J7K4-M2QX-9TRVA', ' j7k4 m2qx 9trva ', 'J7K4M2QX9TRVA', checkAddress('J7K4M2QX9TRVA', 'https://x.id')]) expect(readCode(text), text).toBe('J7K4M2QX9TRVA');
    for (const text of ['', 'J7K4-M2QX-9TRV', 'J7K4-M2QX-9TRVAA', 'J0K4-M2QX-9TRVA', 'JIK4-M2QX-9TRVA']) expect(readCode(text), text).toBeUndefined();
  });
  it('stands behind # in the address', () => {
    expect(checkAddress('J7K4M2QX9TRVA', 'https://x.id')).toBe('https://x.id/cek#J7K4M2QX9TRVA');
  });
});

describe('the signed text', () => {
  it('is these lines and no other', () => {
    expect(signedText({ device_id: 'd-1', counter: 7, code: 'J7K4M2QX9TRVA', amount: 50_400, months: 3, taken_at: '2026-11-21T02:41:00Z', person: WORKER })).toBe(
      `jaring-receipt-1\nd-1\n7\nJ7K4M2QX9TRVA\n50400\n3\n2026-11-21T02:41:00Z\n${WORKER}\n`
    );
  });
  it('has its moment to the second', () => {
    expect(toSecond(Date.parse('2026-11-21T02:41:00.120Z'))).toBe('2026-11-21T02:41:00Z');
  });
});

describe('taking cash without a network', () => {
  let device: DeviceKey;
  beforeEach(async () => {
    vi.restoreAllMocks();
    await change(['outbox', 'text', 'draft', 'meta'], (s) => [s.outbox, s.text, s.draft, s.meta].forEach((store) => store.clear()));
    await outbox.load();
    device = { device_id: 'd-1', name: 'HP', account_id: 'a-1', enrolled_at: '', keys: await newKeys() };
  });
  const counter = () => read<number>('meta', 'receipt:d-1');
  /** The operation as it will be sent; without the office's key this phone can open it itself. */
  const sent = async (id: string) => JSON.parse((await outbox.waiting(100)).find((o) => o.id === id)!.text) as { taken_at: string; after: string[]; body: Record<string, unknown> };

  it('signs what the office verifies as P1363 over the exact lines', async () => {
    const slip = await takeCash(device, 'a-1', taking);
    const { taken_at, body } = await sent(slip.id);
    expect(body).toEqual({ worker_id: WORKER, months: 3, amount: 50_400, code: slip.code, counter: 1, signature: expect.any(String) as string });
    expect(taken_at).toBe(slip.taken_at);
    const key = createPublicKey({ key: Buffer.from(await publicKey(device.keys), 'base64'), format: 'der', type: 'spki' });
    const text = `jaring-receipt-1\nd-1\n1\n${slip.code}\n50400\n3\n${taken_at}\n${WORKER}\n`;
    expect(verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(body.signature as string, 'base64'))).toBe(true);
  });
  it('goes after the registration of whom it is from, and signs its operation', async () => {
    const slip = await takeCash(device, 'a-1', { ...taking, person: { registered_by: 'op-9' } });
    const { after, body } = await sent(slip.id);
    expect(after).toEqual(['op-9']);
    expect(body).toMatchObject({ registered_by: 'op-9' });
    expect(body).not.toHaveProperty('worker_id');
  });
  it('shows the receipt again, and shows nobody who reads the disk a name or a code', async () => {
    const slip = await takeCash(device, 'a-1', taking);
    expect(await slipOf(slip.id)).toEqual(slip);
    const disk = JSON.stringify([await readAll('outbox'), await readAll('draft'), await readAll('text')]);
    for (const secret of [slip.code, 'Sumarni']) expect(disk).not.toContain(secret);
    expect(outbox.items()[0]).toMatchObject({ kind: 'cash.take', cash: { amount: 50_400, counter: 1, from: 'cash' } });
  });
  it('counts 1, 2, 3 … without a gap or a double, however many are taken at once', async () => {
    const slips = await Promise.all(Array.from({ length: 5 }, () => takeCash(device, 'a-1', taking)));
    expect(slips.map((s) => s.counter).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect(await counter()).toBe(5);
    expect(await readAll('outbox')).toHaveLength(5);
    expect(await readAll('text')).toHaveLength(5);
  }, 30_000);
  it.each(['outbox', 'text', 'draft', 'meta'])('leaves nothing at all when the phone goes off while it writes %s', async (store) => {
    const first = await takeCash(device, 'a-1', taking);
    const put = IDBObjectStore.prototype.put;
    let off = false;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      const counts = this.name === 'meta' && args[1] === 'seq';
      if (this.name === store && !counts) {
        off = true;
        this.transaction.abort();
        throw new DOMException('the power went', 'AbortError');
      }
      return put.apply(this, args);
    });
    await expect(takeCash(device, 'a-1', taking)).rejects.toBeDefined();
    expect(off).toBe(true);
    vi.restoreAllMocks();
    expect(await counter()).toBe(1);
    for (const s of ['outbox', 'text'] as const) expect(await readAll(s)).toHaveLength(1);
    expect(await readAll('draft')).toHaveLength(1);
    expect((await takeCash(device, 'a-1', taking)).counter).toBe(2);
    expect((await slipOf(first.id))?.counter).toBe(1);
  });
  it('takes what the office says it was paid from', async () => {
    const slip = await takeCash(device, 'a-1', { ...taking, from: 'float' });
    await outbox.settle([{ id: slip.id, outcome: 'accepted', paid_from: 'cash' }]);
    expect(outbox.items()[0]).toMatchObject({ state: 'accepted', cash: { from: 'cash' } });
  });
});

describe('the limit on the phone', () => {
  const known: Known = { open: 400_000, float: 20_000, limit: 500_000, days: 1, may_take: true, at: 0 };
  const cash = (amount: number): Taken => ({ amount, from: 'cash' });
  it('counts what this phone took since', () => {
    expect(handOf(known, [cash(50_400), { amount: 8_400, from: 'float' }])).toEqual({ open: 450_400, float: 11_600, left: 49_600 });
  });
  it.each<[string, number, Taken[], ReturnType<typeof judge>]>([
    ['the float pays what it can pay whole', 20_000, [], { from: 'float' }],
    ['else it is cash', 20_001, [], { from: 'cash' }],
    ['up to the limit', 100_000, [], { from: 'cash' }],
    ['not beyond', 100_001, [], { stop: { kind: 'limit', left: 100_000 } }],
    ['with what was taken meanwhile', 50_001, [cash(50_000)], { stop: { kind: 'limit', left: 50_000 } }],
    ['and the float still pays over the limit', 16_800, [cash(150_000)], { from: 'float' }]
  ])('%s', (_, amount, since, said) => expect(judge(amount, known, undefined, since)).toEqual(said));
  it('stops for the certificate, for the office, for a phone that knows nothing, and when nothing is left', () => {
    expect(stopOf(known, 'power', [])).toEqual({ kind: 'certificate', closed: 'power' });
    expect(stopOf(undefined, undefined, [])).toEqual({ kind: 'unknown' });
    expect(stopOf({ ...known, may_take: false, why: 'cash.blocked' }, undefined, [])).toEqual({ kind: 'office', why: 'cash.blocked' });
    expect(stopOf({ ...known, float: 0, may_take: false, why: 'cash.over_limit' }, undefined, [cash(100_000)])).toEqual({ kind: 'limit', left: 0 });
    expect(stopOf(known, undefined, [])).toBeUndefined();
  });
  it('adds up by age, the youngest first, only what is in hand', () => {
    const r = (day: number, amount: number, state = 'open', paid_from: 'cash' | 'float' = 'cash') => ({ day, amount, state, paid_from });
    expect(byAge([r(3, 25_200), r(0, 100_000), r(1, 45_600, 'in_deposit'), r(0, 9_000, 'confirmed'), r(0, 7_000, 'open', 'float')], 26_000)).toEqual([
      { day: 0, amount: 126_000 }, { day: 1, amount: 45_600 }, { day: 3, amount: 25_200 }
    ]);
  });
});
