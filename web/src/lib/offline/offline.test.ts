import 'fake-indexeddb/auto';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Registration } from '../api';
import { batchBody, signedText, APP_VERSION } from './batch';
import { newKeys, publicKey, sha256Hex, sign } from './device';
import { Draft } from './draft';
import { read, readAll, write } from './idb';
import * as outbox from './outbox.svelte';
import { seal, unseal, type Sealed } from './seal';

const NIK = '1571085405849017';
const NAME = 'Sumarni Contoh';
const body = { nik: NIK, name: NAME, birth_date: '1984-05-14' } as unknown as Registration;
const add = (label = NAME, more: object = {}) => outbox.add({ kind: 'worker.register', body, label, agent: 'agent-1', ...more });

async function bytesOf(store: 'outbox' | 'draft'): Promise<string> {
  const rows = await readAll<unknown>(store);
  const flat = (v: unknown): string => {
    if (v instanceof ArrayBuffer) return Buffer.from(v).toString('latin1');
    if (ArrayBuffer.isView(v)) return Buffer.from(v.buffer).toString('latin1');
    if (v && typeof v === 'object') return Object.entries(v).map(([k, x]) => k + '=' + flat(x)).join(';');
    return String(v);
  };
  return flat(rows);
}

describe('sealing', () => {
  it('opens what it sealed, with a key nobody can read out', async () => {
    const sealed = await seal({ nik: NIK });
    expect(await unseal(sealed)).toEqual({ nik: NIK });
    const key = await read<CryptoKey>('keys', 'seal');
    expect(key!.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key!)).rejects.toThrow();
  });
  it('says undefined for what was tampered with', async () => {
    const sealed = await seal('x');
    const bytes = new Uint8Array(sealed.data.slice(0));
    bytes[0]! ^= 1;
    expect(await unseal({ iv: sealed.iv, data: bytes.buffer } as Sealed)).toBeUndefined();
  });
});

describe('a draft', () => {
  it('keeps the last of many keystrokes and shows no NIK on disk', async () => {
    const draft = new Draft<{ nik: string }>('register:a');
    for (let n = 1; n <= NIK.length; n++) draft.keep({ nik: NIK.slice(0, n) });
    await vi.waitFor(async () => expect(await new Draft<{ nik: string }>('register:a').load()).toEqual({ nik: NIK }));
    expect(await bytesOf('draft')).not.toContain(NIK.slice(0, 8));
    await draft.drop();
    expect(await draft.load()).toBeUndefined();
  });
});

describe('the device key', () => {
  it('cannot leave, and its signature is what node:crypto verifies as P1363', async () => {
    const keys = await newKeys();
    await expect(crypto.subtle.exportKey('pkcs8', keys.privateKey)).rejects.toThrow();
    const spki = createPublicKey({ key: Buffer.from(await publicKey(keys), 'base64'), format: 'der', type: 'spki' });
    expect(spki.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    const signature = Buffer.from(await sign(keys, 'jaring ✓'), 'base64');
    expect(signature).toHaveLength(64);
    const check = (text: string) => verify('sha256', Buffer.from(text), { key: spki, dsaEncoding: 'ieee-p1363' }, signature);
    expect(check('jaring ✓')).toBe(true);
    expect(check('jaring')).toBe(false);
  });
  it('digests in lower hexadecimal', async () => {
    expect(await sha256Hex('é{}')).toBe(createHash('sha256').update('é{}').digest('hex'));
  });
});

describe('a batch', () => {
  const envelope = { device_id: 'd-1', pack_version: '2026.11', now: '2026-11-21T02:41:00.000Z', last_sync: '2026-11-20T02:00:00Z' };
  const operations = ['{"id":"a","body":{"name":"Siti  \\"S\\""}}', '{"id":"b"}'];

  it('signs head and digests, one line each', async () => {
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(await signedText(envelope, operations)).toBe(
      `jaring-sync-1\nd-1\n${APP_VERSION}\n2026.11\n${envelope.now}\n${envelope.last_sync}\n${digest(operations[0]!)}\n${digest(operations[1]!)}\n`
    );
  });
  it('carries the operations byte for byte and a signature over them', async () => {
    const keys = await newKeys();
    const raw = await batchBody(keys, envelope, operations);
    expect(raw).toContain(`"operations":[${operations.join(',')}]`);
    const sent = JSON.parse(raw);
    expect(sent).toMatchObject({ device_id: 'd-1', app_version: APP_VERSION, clock: { now: envelope.now, last_sync: envelope.last_sync } });
    const key = createPublicKey({ key: Buffer.from(await publicKey(keys), 'base64'), format: 'der', type: 'spki' });
    const text = Buffer.from(await signedText(envelope, operations));
    expect(verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(sent.signature, 'base64'))).toBe(true);
  });
  it('leaves the last answer out when there was none, and signs it as empty', async () => {
    const first = { ...envelope, last_sync: '' };
    expect(JSON.parse(await batchBody(await newKeys(), first, operations)).clock).toEqual({ now: envelope.now });
    expect((await signedText(first, [])).split('\n')[5]).toBe('');
  });
});

describe('the outbox', () => {
  beforeAll(() => outbox.load());
  afterEach(async () => {
    for (const i of [...outbox.items()]) await outbox.dismiss(i.id);
  });

  it('has it on disk before it says so, sealed, and finds it after a restart', async () => {
    const item = await add();
    expect(outbox.unsent()).toBe(1);
    const disk = await bytesOf('outbox');
    expect(disk).not.toContain(NIK);
    expect(disk).not.toContain(NAME);
    await outbox.load();
    expect(outbox.items()[0]).toMatchObject({ id: item.id, label: NAME, state: 'waiting' });
  });
  it('gives the same bytes each time, oldest first, with a rising count', async () => {
    await add('one');
    await add('two', { after: ['x'] });
    const first = await outbox.waiting(100);
    expect(await outbox.waiting(100)).toEqual(first);
    const [one, two] = first.map((o) => JSON.parse(o.text));
    expect(two.seq).toBe(one.seq + 1);
    expect(one).toMatchObject({ kind: 'worker.register', agent_id: 'agent-1', after: [], body });
    expect(two.after).toEqual(['x']);
    expect(await outbox.waiting(1)).toHaveLength(1);
  });
  it('sends again what was on its way when the tab was killed', async () => {
    const item = await add();
    outbox.mark([item.id], 'sending');
    await outbox.load();
    expect(await outbox.waiting(10)).toHaveLength(1);
  });
  it('forgets the body of what the office has', async () => {
    const item = await add();
    await outbox.settle({ id: item.id, outcome: 'accepted', worker_id: 'w', registration_no: 'REG 26-0000-01X' });
    expect(outbox.items()[0]).toMatchObject({ state: 'accepted', worker_id: 'w', label: NAME });
    expect(await outbox.bodyOf(item.id)).toBeUndefined();
    expect(await outbox.waiting(10)).toEqual([]);
  });
  it('takes "same" for what was answered first', async () => {
    const [item, other] = [await add(), await add()];
    await outbox.settle({ id: item.id, outcome: 'same', first: 'accepted' });
    await outbox.settle({ id: other.id, outcome: 'same', first: 'refused' });
    expect(outbox.items().find((i) => i.id === item.id)!.state).toBe('accepted');
    expect(outbox.items().find((i) => i.id === other.id)!.state).toBe('refused');
    expect(await outbox.bodyOf(other.id)).toBeDefined();
  });
  it('keeps a refused record, its reason and its body until it was seen', async () => {
    const item = await add();
    const findings = [{ code: 'worker.already_registered', detail: 'Sudah peserta.' }];
    await outbox.settle({ id: item.id, outcome: 'refused', findings });
    await outbox.load();
    expect(outbox.toSee()).toBe(1);
    expect(outbox.items()[0]!.findings).toEqual(findings);
    expect(await outbox.bodyOf(item.id)).toEqual(body);
    await outbox.dismiss(item.id);
    expect(await readAll('outbox')).toEqual([]);
  });
  it('says when the phone could not keep it', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(add()).rejects.toThrow();
    put.mockRestore();
    expect(outbox.items()).toEqual([]);
  });
  it('ignores an answer about a record it does not have', async () => {
    await write('meta', 'seq', 99);
    await outbox.settle({ id: 'nobody', outcome: 'accepted' });
    expect(outbox.items()).toEqual([]);
  });
});
