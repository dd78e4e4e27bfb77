import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { change, readAll, write } from '../offline/idb';
import * as outbox from '../offline/outbox.svelte';
import type { Check, StepKey } from './api';
import { isLate, linksOf, shapeOf, titleOf } from './check';

vi.stubGlobal('navigator', { onLine: true });
vi.stubGlobal('window', { addEventListener: () => undefined });
vi.stubGlobal('document', { documentElement: { lang: '' } });
const { firstMonth, lastDay } = await import('./month');
const { madeAt, tidy } = await import('./due');
const words = (await import('../i18n/group/money_public')).default;
const { words: load } = await import('../i18n/index.svelte');

const at = (days: Partial<Record<StepKey, string>>, more: Partial<Check> = {}): Check => ({
  state: 'received', amount: 25_200, months: 3, received_on: '2026-11-19', day: 0, agent: 'Rahma D.', office_name: 'Cabang Jambi',
  steps: (['received', 'deposited', 'covered', 'confirmed'] as const).map((key) => ({ key, on: { received: '2026-11-19', ...days }[key] })), ...more
});

describe('what a receipt says to its holder', () => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T03:00:00Z') });
    await load(words)();
  });
  afterEach(() => void vi.useRealTimers());
  it.each<[string, Check, string, string]>([
    ['on the day', at({}), 'pending', 'Diterima, belum terlindungi.'],
    ['the day after', at({}, { day: 1 }), 'grace', 'Belum disetor, hari ke-1. Belum terlindungi.'],
    ['deposited, before it covers', at({ deposited: '2026-11-20' }, { state: 'deposited' }), 'done', 'Sudah disetor, belum terkonfirmasi.'],
    ['covered', at({ deposited: '2026-11-20', covered: '2026-11-20' }, { state: 'covered', covered_until: '2027-01-31' }), 'protected', 'Terlindungi sampai 31 Januari 2027.'],
    ['paid for months to come', at({ deposited: '2026-11-20', covered: '2027-01-01' }, { state: 'covered', covered_from: '2027-01-01', covered_until: '2027-01-31' }), 'done', 'Terlindungi 1 Januari 2027 sampai 31 Januari 2027.'],
    ['under dispute', at({}, { state: 'disputed', day: 4 }), 'grace', 'Sedang diperiksa cabang.']
  ])('%s', (_, c, shape, title) => {
    expect(shapeOf(c)).toBe(shape);
    expect(titleOf(c)).toBe(title);
  });
  it('draws what is done solid, what is late half, what waits dotted', () => {
    expect(linksOf(at({})).map((l) => l.state)).toEqual(['done', 'pending', 'pending', 'pending']);
    expect(linksOf(at({}, { day: 3, branch_told_on: '2026-11-22' }))).toMatchObject([{ state: 'done', title: 'Diterima Rahma D.' }, { state: 'grace', title: 'Belum disetor, hari ke-3', sub: 'Cabang diberi tahu 22 November 2026' }, { state: 'pending' }, { state: 'pending' }]);
    expect(linksOf(at({ deposited: '2026-11-20', covered: '2026-11-20', confirmed: '2026-11-21' }, { state: 'confirmed' })).map((l) => l.state)).toEqual(['done', 'done', 'protected', 'protected']);
    expect(linksOf(at({}))[1]!.sub).toBe('paling lambat 20 November 2026');
  });
  it('is late under dispute, too, and never once it is deposited', () => {
    expect(isLate(at({}, { state: 'disputed', day: 2 }))).toBe(true);
    expect(isLate(at({ deposited: '2026-11-20' }, { state: 'disputed', day: 2 }))).toBe(false);
  });
});

describe('the months that money is for', () => {
  it('begin after what is paid, and not before this month', () => {
    const now = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date()).slice(0, 7);
    expect(firstMonth(undefined)).toBe(now);
    expect(firstMonth('2020-01-31')).toBe(now);
    expect(firstMonth('2999-12-31')).toBe('3000-01');
  });
  it('end with the last day of the last', () => {
    expect([lastDay('2027-02'), lastDay('2028-02'), lastDay('2026-11')]).toEqual(['2027-02-28', '2028-02-29', '2026-11-30']);
  });
});

describe('what the phone keeps beside its box', () => {
  it('goes when no screen shows it any more; receipts stay for long', async () => {
    await change(['outbox', 'text', 'draft'], (s) => [s.outbox, s.text, s.draft].forEach((store) => store.clear()));
    await outbox.load();
    const item = await outbox.add({ kind: 'worker.register', body: {}, label: 'x', agent: 'a' });
    const old = '01939f00-0000-7000-8000-000000000001';
    expect(new Date(madeAt(old)).getUTCFullYear()).toBe(2024);
    for (const name of ['due:' + item.id, 'due:gone', 'slip:' + item.id, 'slip:' + old, 'register:a']) await write('draft', name, { name });
    await tidy(madeAt(old) + 10 * 86_400_000);
    expect((await readAll<{ name: string }>('draft')).map((d) => d.name)).toEqual(['due:' + item.id, 'register:a', 'slip:' + old, 'slip:' + item.id].sort());
    await tidy(madeAt(old) + 200 * 86_400_000);
    expect((await readAll<{ name: string }>('draft')).map((d) => d.name)).not.toContain('slip:' + old);
  });
});
