import 'fake-indexeddb/auto';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Registration } from '../api';
import { batchBody, signedText, APP_VERSION } from './batch';
import { newKeys, publicKey, sha256Hex, sign } from './device';
import { Draft } from './draft';
import { newPair, open, type Envelope } from './envelope';
import { next, read, readAll, write } from './idb';
import { keepOfficeKey } from './office';
import * as outbox from './outbox.svelte';
import { toBase64 } from './bytes';

const NIK = '1571085405849017';
const NAME = 'Sumarni C.';
const body = { nik: NIK, name: 'Sumarni Contoh', birth_date: '1984-05-14' } as unknown as Registration;
const add = (label = NAME, more: object = {}) => outbox.add({ kind: 'worker.register', body, label, agent: 'agent-1', ...more });
const settle = (id: string, outcome: object) => outbox.settle([{ id, outcome: 'accepted', ...outcome }]);

async function bytesOf(...stores: ('outbox' | 'draft' | 'text' | 'meta')[]): Promise<string> {
  const flat = (v: unknown): string => {
    if (v instanceof ArrayBuffer) return Buffer.from(v).toString('latin1');
    if (ArrayBuffer.isView(v)) return Buffer.from(v.buffer).toString('latin1');
    if (v && typeof v === 'object') return Object.entries(v).map(([k, x]) => k + '=' + flat(x)).join(';');
    return String(v);
  };
  return (await Promise.all(stores.map((s) => readAll<unknown>(s)))).map(flat).join('\n');
}

let office: CryptoKeyPair;
beforeAll(async () => {
  office = await newPair(true);
  await keepOfficeKey({ key_id: 'office-1', public_key: toBase64(await crypto.subtle.exportKey('raw', office.publicKey)) });
  await outbox.load();
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

describe('a row of numbers', () => {
  it('gives none twice, however many ask at once', async () => {
    const got = await Promise.all(Array.from({ length: 20 }, () => next('row')));
    expect(new Set(got).size).toBe(20);
  });
});

describe('the outbox', () => {
  afterEach(async () => {
    for (const i of [...outbox.items()]) await outbox.dismiss(i.id);
  });

  it('has it on disk before it says so, sealed to the office, and finds it after a restart', async () => {
    const item = await add();
    expect(outbox.unsent()).toBe(1);
    const disk = await bytesOf('outbox', 'text');
    for (const secret of [NIK, NAME, 'Sumarni', '1984-05-14']) expect(disk).not.toContain(secret);
    await outbox.load();
    expect(outbox.items()[0]).toMatchObject({ id: item.id, label: NAME, state: 'waiting' });
  });
  it('holds what only the office opens, and nothing of this phone', async () => {
    const item = await add();
    const { sealed } = JSON.parse((await read<string>('text', item.id))!) as { sealed: Envelope };
    expect(sealed.k).toBe('office-1');
    expect(JSON.parse(await open(office.privateKey, item.id, sealed))).toEqual(body);
    const own = await read<{ privateKey: CryptoKey }>('keys', 'own');
    await expect(open(own!.privateKey, item.id, sealed)).rejects.toThrow();
  });
  it('gives the same bytes each time, oldest first, with a rising count', async () => {
    await add('one');
    await add('two', { after: ['x'] });
    const first = await outbox.waiting(100);
    expect(await outbox.waiting(100)).toEqual(first);
    const [one, two] = first.map((o) => JSON.parse(o.text));
    expect(two.seq).toBe(one.seq + 1);
    expect(one).toMatchObject({ kind: 'worker.register', agent_id: 'agent-1', after: [] });
    expect(two.after).toEqual(['x']);
    expect(await outbox.waiting(1)).toHaveLength(1);
  });
  it('sends again what was on its way when the tab was killed', async () => {
    const item = await add();
    outbox.mark([item.id], 'sending');
    await outbox.load();
    expect(await outbox.waiting(10)).toHaveLength(1);
  });
  it('forgets the text of what the office has', async () => {
    const item = await add();
    await settle(item.id, { worker_id: 'w', registration_no: 'REG 26-0000-01X' });
    expect(outbox.items()[0]).toMatchObject({ state: 'accepted', worker_id: 'w', label: NAME });
    expect(await readAll('text')).toEqual([]);
    expect(await outbox.waiting(10)).toEqual([]);
  });
  it('takes "same" for what was answered first', async () => {
    const [item, other] = [await add(), await add()];
    await outbox.settle([{ id: item.id, outcome: 'same', first: 'accepted' }, { id: other.id, outcome: 'same', first: 'refused' }]);
    expect(outbox.items().find((i) => i.id === item.id)!.state).toBe('accepted');
    expect(outbox.items().find((i) => i.id === other.id)!.state).toBe('refused');
    expect(await read('text', other.id)).toBeDefined();
  });
  it('keeps a refused record, its reason and its text until it was seen', async () => {
    const item = await add();
    const findings = [{ code: 'worker.already_registered', detail: 'Sudah peserta.' }];
    await settle(item.id, { outcome: 'refused', findings });
    await outbox.load();
    expect(outbox.toSee()).toBe(1);
    expect(outbox.items()[0]!.findings).toEqual(findings);
    expect(await read('text', item.id)).toBeDefined();
    await outbox.dismiss(item.id);
    expect([...(await readAll('outbox')), ...(await readAll('text'))]).toEqual([]);
  });
  it('asks the office to open a refused record for mending', async () => {
    const item = await add();
    await settle(item.id, { outcome: 'refused' });
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
      const said = JSON.parse(init.body as string) as { id: string; sealed: Envelope };
      asked.push(said.id);
      return Response.json({ body: JSON.parse(await open(office.privateKey, said.id, said.sealed)) });
    });
    expect(await outbox.bodyOf(item.id)).toEqual(body);
    expect(asked).toEqual([item.id]);
    vi.unstubAllGlobals();
  });
  it('keeps nothing of a stall once the office has it', async () => {
    const item = await add('C-14', { kind: 'lot.record' });
    await settle(item.id, {});
    expect(outbox.items()).toEqual([]);
    expect(await readAll('outbox')).toEqual([]);
  });
  it('sends a photo alone, last, and only after its registration has arrived', async () => {
    const person = await add();
    const photo = await add('x', { kind: 'photo.add', after: [person.id] });
    const other = await add('other');
    expect((await outbox.waiting(100)).map((o) => o.id)).toEqual([person.id, other.id]);
    await settle(other.id, {});
    await settle(person.id, { outcome: 'refused' });
    expect(await outbox.waiting(100)).toEqual([]);
    await settle(person.id, {});
    expect((await outbox.waiting(100)).map((o) => o.id)).toEqual([photo.id]);
  });
  it('drops the photo together with the refused record it belongs to', async () => {
    const person = await add();
    await add('x', { kind: 'photo.add', after: [person.id] });
    await settle(person.id, { outcome: 'refused' });
    await outbox.dismiss(person.id);
    expect(outbox.items()).toEqual([]);
    expect(await readAll('text')).toEqual([]);
  });
  it('ignores an answer about a record it does not have', async () => {
    await settle('nobody', {});
    expect(outbox.items()).toEqual([]);
  });
});

describe('a full phone', () => {
  const full = () => new DOMException('full', 'QuotaExceededError');
  beforeEach(async () => {
    for (let n = 0; n < 3; n++) await settle((await add('done ' + n)).id, {});
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const i of [...outbox.items()]) await outbox.dismiss(i.id);
  });

  it('says so, and shows nothing that is not on disk', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full();
    });
    await expect(add()).rejects.toThrow();
    put.mockRestore();
    await outbox.load();
    expect(outbox.unsent()).toBe(0);
  });
  it('makes room from what the office has, and keeps the new record', async () => {
    const real = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'text' && outbox.items().some((i) => i.state === 'accepted')) throw full();
      return real.apply(this, args as [unknown, string]);
    });
    const item = await add();
    vi.restoreAllMocks();
    await outbox.load();
    expect(outbox.items().map((i) => i.id)).toEqual([item.id]);
    expect(await outbox.waiting(10)).toHaveLength(1);
  });
});

describe('records of the older form', () => {
  it('are read and sent as they are, with a full queue through a new version', async () => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await write('keys', 'seal', key);
    const seal = async (value: unknown) => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value))) };
    };
    const text = (n: number) => JSON.stringify({ id: 'old-' + n, seq: n, kind: 'worker.register', body });
    for (let n = 1; n <= 30; n++) {
      await write('outbox', 'old-' + n, { id: 'old-' + n, seq: n, kind: 'worker.register', state: 'waiting', taken_at: '', content: await seal({ label: 'L' + n, text: text(n) }) });
    }
    await outbox.load();
    expect(outbox.unsent()).toBe(30);
    expect(await outbox.waiting(100)).toEqual(Array.from({ length: 30 }, (_, n) => ({ id: 'old-' + (n + 1), text: text(n + 1) })));
    await settle('old-1', { outcome: 'refused' });
    expect(await outbox.bodyOf('old-1')).toEqual(body);
    await settle('old-2', {});
    expect(outbox.items().find((i) => i.id === 'old-2')).toMatchObject({ state: 'accepted', label: 'L2' });
  });
});
