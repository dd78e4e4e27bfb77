import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, get, onReach, onRefused, post, speak } from './client';
import { fieldOf, Problem, problemOf } from './problem';
import { uuidv7 } from './uuid';

type Call = { url: string; init: RequestInit };
let calls: Call[] = [];
function answers(...list: (Response | Error)[]) {
  calls = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const next = list[Math.min(calls.length - 1, list.length - 1)]!;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next.clone());
  });
}
const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });
const header = (n: number, name: string) => (calls[n]!.init.headers as Record<string, string>)[name];

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 }));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('calls', () => {
  it('send an Idempotency-Key with each POST, quoted, the given one when there is one', async () => {
    answers(json(200, {}));
    await post('/quotes', {});
    expect(header(0, 'Idempotency-Key')).toMatch(/^"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"$/);
    await post('/workers', {}, { key: 'k' });
    expect(header(1, 'Idempotency-Key')).toBe('"k"');
  });
  it('ask for sentences in the language of the screen', async () => {
    answers(json(200, {}));
    speak(() => 'en');
    await get('/home');
    expect(header(0, 'Accept-Language')).toBe('en');
    speak(() => 'id');
  });
  it('repeat a reading that did not arrive', async () => {
    answers(new TypeError('net'), new TypeError('net'), json(200, { n: 1 }));
    expect(await get('/home')).toEqual({ n: 1 });
    expect(calls).toHaveLength(3);
  });
  it('never repeat a writing by themselves', async () => {
    answers(new TypeError('net'));
    await expect(post('/workers', {})).rejects.toMatchObject({ code: 'network', away: true });
    expect(calls).toHaveLength(1);
  });
  it('do not repeat a refusal', async () => {
    answers(json(404, { code: 'not_found', key: 'error.not_found' }));
    await expect(get('/workers/x')).rejects.toMatchObject({ code: 'not_found' });
    expect(calls).toHaveLength(1);
  });
  it('send a raw body byte for byte', async () => {
    answers(json(200, {}));
    await post('/sync', undefined, { raw: '{ "a":1 }' });
    expect(calls[0]!.init.body).toBe('{ "a":1 }');
  });
  it('tell whether the office is reached, and when it no longer knows the caller', async () => {
    const reach: boolean[] = [];
    const stop = onReach((on) => reach.push(on));
    const refused = vi.fn();
    onRefused(refused);
    answers(new TypeError('net'), json(401, {}));
    await post('/a', {}).catch(() => undefined);
    await post('/b', {}).catch(() => undefined);
    expect(reach).toEqual([false, true]);
    expect(refused).toHaveBeenCalledOnce();
    stop();
  });
  it('hand the ETag on and send If-Match', async () => {
    answers(json(200, {}, { ETag: '"3"' }));
    expect((await call('GET', '/workers/x')).etag).toBe('"3"');
    await call('POST', '/workers/x/corrections', { body: {}, ifMatch: '"3"' });
    expect(header(1, 'If-Match')).toBe('"3"');
  });
});

describe('problems', () => {
  it('carry every finding with its field', () => {
    const p = problemOf(422, {
      code: 'invalid', key: 'nik.length', detail: 'd', trace: 't',
      errors: [
        { pointer: '/birth_date', code: 'date.impossible', verdict: 'reject', args: { n: 28 }, detail: '31 Februari tidak ada.' },
        { pointer: '/consent/at', code: 'field.required' }
      ]
    });
    expect(p.findings.map((f) => [fieldOf(f.pointer), f.code, f.verdict])).toEqual([
      ['birth_date', 'date.impossible', 'reject'], ['consent', 'field.required', 'reject']
    ]);
    expect(p).toMatchObject({ code: 'invalid', key: 'nik.length', trace: 't', detail: 'd' });
  });
  it('keep what the duplicate is', () => {
    const p = problemOf(409, { code: 'conflict', key: 'worker.already_registered', worker_id: 'w', errors: [{ code: 'worker.already_registered', args: { name: 'Sumarni', date: '21 November 2026' } }] });
    expect(p.key).toBe('worker.already_registered');
    expect(p.extra).toMatchObject({ worker_id: 'w', name: 'Sumarni' });
  });
  it('stand even when the body is no problem at all', () => {
    expect(problemOf(502, undefined)).toMatchObject({ code: 'internal', status: 502 });
    expect(problemOf(401, 'text')).toMatchObject({ code: 'unauthenticated', key: 'error.unauthenticated' });
    expect(problemOf(429, {}, '42')).toMatchObject({ code: 'rate_limited', retryAfter: 42 });
    expect(problemOf(500, { errors: 'x' }).findings).toEqual([]);
    expect(problemOf(500, {})).toBeInstanceOf(Problem);
  });
});

describe('UUIDv7', () => {
  it('is ordered by time and never the same', () => {
    const made = [1, 2, 3].map((n) => uuidv7(1_700_000_000_000 + n));
    expect([...made].sort()).toEqual(made);
    expect(new Set(Array.from({ length: 1000 }, () => uuidv7(5))).size).toBe(1000);
    expect(parseInt(uuidv7(1_700_000_000_000).replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
  });
});
