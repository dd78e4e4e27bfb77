import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bringAreas, findKeptVillages, keptAreaName } from './area';
import { clockOff, learnTime, loadClock, trueNow } from './clock';

const pack = {
  code: '15.71', name: 'Kota Jambi', source: 'x',
  areas: [['15.71.01', 'Telanaipura'], ['15.71.01.1001', 'Legok'], ['15.71.01.1002', 'Simpang Empat Sipin'], ['15.71.08', 'Jelutung'], ['15.71.08.1001', 'Jelutung'], ['15.71.08.1002', 'Lebak Bandung']]
};

describe('villages without a network', () => {
  beforeEach(async () => {
    vi.stubGlobal('fetch', async () => Response.json(pack, { headers: { ETag: '"1"' } }));
    await bringAreas(['15.71.01.1001', '15.71.08.1002', 'nonsense']);
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('cut')));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are found by the beginning of their name, and by a word of it', async () => {
    expect((await findKeptVillages('leg')).map((v) => v.name)).toEqual(['Legok']);
    expect((await findKeptVillages('sipin')).map((v) => v.name)).toEqual(['Simpang Empat Sipin']);
    expect((await findKeptVillages('le')).map((v) => v.name)).toEqual(['Lebak Bandung', 'Legok']);
  });
  it('forgive one wrong letter', async () => {
    expect((await findKeptVillages('jelotung')).map((v) => v.name)).toEqual(['Jelutung']);
    expect((await findKeptVillages('lebka')).map((v) => v.name)).toEqual([]);
    expect((await findKeptVillages('lebek bandng')).map((v) => v.name)).toEqual(['Lebak Bandung']);
  });
  it('say where they lie', async () => {
    expect((await findKeptVillages('legok'))[0]!.path.map((p) => p.name)).toEqual(['Kota Jambi', 'Telanaipura', 'Legok']);
    expect(await keptAreaName('15.71.08')).toBe('Jelutung');
    expect(await keptAreaName('99.99.99')).toBeUndefined();
  });
  it('are none for a name that is not there', async () => expect(await findKeptVillages('zzzz')).toEqual([]));
});

describe('the clock of the phone', () => {
  it('is put right by the office’s, and no turning back fools it', async () => {
    const local = Date.parse('2026-11-21T02:00:00Z');
    await learnTime('2026-11-21T03:00:00Z', local);
    expect(clockOff()).toBe(3_600_000);
    expect(trueNow(local + 60_000)).toBe(Date.parse('2026-11-21T03:01:00Z'));
    expect(trueNow(local - 86_400_000 * 400)).toBe(Date.parse('2026-11-21T03:00:00Z'));
    await loadClock();
    expect(clockOff()).toBe(3_600_000);
  });
  it('ignores what is no time', async () => {
    const before = clockOff();
    await learnTime('soon');
    expect(clockOff()).toBe(before);
  });
});
