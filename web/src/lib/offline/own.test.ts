import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './bytes';
import { Draft } from './draft';
import { open, recipientOf, sealTo, type Envelope } from './envelope';
import { change, read, readAll } from './idb';
import * as outbox from './outbox.svelte';
import * as own from './own.svelte';
import { noteSeen, seenBefore } from './seen';

const PIN = '486215';
const QUICK = 1000;

interface Vectors {
  key_id: string;
  public_key: string;
  private_key: string;
  cases: { operation_id: string; own_key: string; body: string; sealed: Envelope }[];
}
const vectors = JSON.parse(readFileSync('src/lib/offline/testdata/seal.json', 'utf8')) as Vectors;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };

/** The pair of a private key in PKCS#8; the public half through its JWK. */
async function pairOf(pkcs8: string): Promise<CryptoKeyPair> {
  const privateKey = await crypto.subtle.importKey('pkcs8', fromBase64(pkcs8), CURVE, true, ['deriveBits']);
  const { d: _, key_ops: __, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey);
  return { privateKey, publicKey: await crypto.subtle.importKey('jwk', jwk, CURVE, true, []) };
}

describe('a text for the office', () => {
  it.each(vectors.cases.map((c) => [c.operation_id, c] as const))('is sealed and opened as the server does it: %s', async (id, c) => {
    const to = await recipientOf(vectors.key_id, vectors.public_key);
    expect(await sealTo(to, id, c.body, await pairOf(c.own_key), fromBase64(c.sealed.i))).toEqual(c.sealed);
    expect(await open((await pairOf(vectors.private_key)).privateKey, id, c.sealed)).toBe(c.body);
  });
  it('is another each time, and opens for its own operation only', async () => {
    const to = await recipientOf(vectors.key_id, vectors.public_key);
    const key = (await pairOf(vectors.private_key)).privateKey;
    const [a, b] = [await sealTo(to, 'op-1', 'x'), await sealTo(to, 'op-1', 'x')];
    expect(a.d).not.toBe(b.d);
    expect(await open(key, 'op-1', a)).toBe('x');
    await expect(open(key, 'op-2', a)).rejects.toThrow();
    await expect(open(key, 'op-1', { ...a, d: toBase64(fromBase64(a.d).map((v, n) => (n ? v : v ^ 1))) })).rejects.toThrow();
  });
  it('refuses a point that is not on the curve', async () => {
    await expect(recipientOf('k', toBase64(new Uint8Array(65).fill(4)))).rejects.toThrow();
  });
});

describe('the phone’s own key', () => {
  beforeEach(async () => {
    await change(['keys', 'outbox', 'text', 'draft', 'meta'], (s) => Object.values(s).forEach((store) => (store as IDBObjectStore | undefined)?.clear()));
    own.lock();
    await own.loadOwn();
    await outbox.load();
  });

  it('opens what it sealed, and nobody can read it out', async () => {
    const sealed = await own.seal({ nik: 'x' });
    expect(await own.unseal(sealed)).toEqual({ nik: 'x' });
    const { privateKey } = (await read<{ privateKey: CryptoKey }>('keys', 'own'))!;
    expect(privateKey.extractable).toBe(false);
  });
  it('says undefined for what was tampered with', async () => {
    const sealed = (await own.seal('x')) as Envelope;
    expect(await own.unseal({ ...sealed, i: toBase64(new Uint8Array(12)) })).toBeUndefined();
  });
  it('takes at least 600,000 rounds for a PIN', async () => {
    await own.setPin(PIN);
    expect((await read<{ wrapped: { rounds: number } }>('keys', 'own'))!.wrapped.rounds).toBeGreaterThanOrEqual(600_000);
  });
  it('shows nothing without the PIN, and all with it', async () => {
    const draft = new Draft<string>('d');
    draft.keep('typed');
    await expect.poll(() => new Draft<string>('d').load()).toBe('typed');
    await outbox.add({ kind: 'worker.register', body: {}, label: 'Sumarni D.', agent: 'a' });
    await own.setPin(PIN, QUICK);
    expect(own.hasPin()).toBe(true);
    expect(own.locked()).toBe(false);
    expect(await draft.load()).toBe('typed');

    own.lock();
    await outbox.load();
    expect(own.locked()).toBe(true);
    expect(await draft.load()).toBeUndefined();
    expect(outbox.items()[0]!.label).toBe('');
    expect(await own.unlock('000000')).toBe(false);
    expect(own.locked()).toBe(true);
    expect(await own.unlock(PIN)).toBe(true);
    await outbox.load();
    expect(await draft.load()).toBe('typed');
    expect(outbox.items()[0]!.label).toBe('Sumarni D.');
  });
  it('seals while it is locked, too: what the office answers meanwhile is not lost', async () => {
    await own.setPin(PIN, QUICK);
    own.lock();
    const sealed = await own.seal('a reason');
    expect(await own.unseal(sealed)).toBeUndefined();
    await own.unlock(PIN);
    expect(await own.unseal(sealed)).toBe('a reason');
  });
  it('loses drafts and names with a forgotten PIN, and no record', async () => {
    const to = { key_id: vectors.key_id, public_key: vectors.public_key };
    const { keepOfficeKey } = await import('./office');
    await keepOfficeKey(to);
    new Draft<string>('d').keep('typed');
    await outbox.add({ kind: 'worker.register', body: { nik: '1' }, label: 'Sumarni D.', agent: 'a' });
    await own.setPin(PIN, QUICK);
    const before = await outbox.waiting(10);
    own.lock();
    await own.forgetPin();
    await outbox.load();
    expect(own.hasPin()).toBe(false);
    expect(await new Draft<string>('d').load()).toBeUndefined();
    expect(outbox.items()).toMatchObject([{ label: '', state: 'waiting' }]);
    expect(await outbox.waiting(10)).toEqual(before);
    expect(before).toHaveLength(1);
  });
  it('takes the PIN off again', async () => {
    await own.setPin(PIN, QUICK);
    await outbox.add({ kind: 'worker.register', body: {}, label: 'Sumarni D.', agent: 'a' });
    await own.removePin();
    await outbox.load();
    expect(own.hasPin()).toBe(false);
    expect(outbox.items()[0]!.label).toBe('Sumarni D.');
  });
});

describe('who was recorded on this phone', () => {
  it('is recognised by a keyed hash; no NIK lies on the disk', async () => {
    await noteSeen('1571085405849017', 'op-1', '2026-11-21T02:41:00Z');
    expect(await seenBefore('1571085405849017', [])).toMatchObject({ id: 'op-1', at: '2026-11-21T02:41:00Z' });
    expect(await seenBefore('1571085405849018', [])).toBeUndefined();
    expect(await seenBefore('1571085405849017', ['op-1'])).toBeUndefined();
    expect(JSON.stringify(await readAll('meta'))).not.toContain('157108');
    expect((await read<CryptoKey>('keys', 'seen'))!.extractable).toBe(false);
  });
});
