import { describe, expect, it } from 'vitest';
import { addMonths } from '../i18n/format';
import { ages, ageShape, bands, overdue, type AgentCash } from './cash';
import { shareOf, stepOf, together } from './cohort';
import { clean, dayAway, totalOf } from './desk';
import { daysBetween, groupsOf, toldOf, whereOf } from './lapse';
import { arrearsFrom, quoteOf, rowsOf, waiting } from './ledger';
import type { Contribution, Lapse, LedgerEntry, WorkerLedger } from './types';

const entry = (id: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({ entry_id: id, kind: 'settle', text: 'Iuran dibayar', day: '2026-11-01', at: '2026-11-01T03:00:00Z', actor_name: 'Hendra', amount: 16800, credit: 0, ...more });
const paid = (id: string, confirmed: boolean, state = 'settled'): Contribution => ({ contribution_id: id, first_month: '2026-11', last_month: '2026-11', total: 16800, payment: { code: '1', amount: 16800, state, channel: 'qris' }, confirmed });
const ledger = (entries: LedgerEntry[], contributions: Contribution[]): WorkerLedger => ({ credit: 0, in_hands: 0, paid: 0, entries, contributions });

describe('the rows of a ledger', () => {
  it('are the newest first, with the way of payment and what became of it', () => {
    const rows = rowsOf(ledger([entry('a', { contribution_id: 'c1' }), entry('b', { kind: 'take_cash' }), entry('c', { contribution_id: 'c2' })], [paid('c1', true), paid('c2', false)]));
    expect(rows.map((r) => [r.entry_id, r.state, r.channel])).toEqual([['c', 'paid', 'qris'], ['b', 'hands', undefined], ['a', 'confirmed', 'qris']]);
  });
  it('offer to undo the last payment alone, and none that the fund has acknowledged', () => {
    const both = (confirmed: boolean) => rowsOf(ledger([entry('a', { contribution_id: 'c1' }), entry('b', { contribution_id: 'c2' })], [paid('c1', false), paid('c2', confirmed)])).filter((r) => r.undo);
    expect(both(false).map((r) => r.entry_id)).toEqual(['b']);
    expect(both(true)).toEqual([]);
  });
  it('say that what was reversed is gone', () => {
    const rows = rowsOf(ledger([entry('a', { contribution_id: 'c1', reversed: true }), entry('b', { kind: 'reverse', contribution_id: 'c1', amount: -16800 })], [paid('c1', false, 'waiting')]));
    expect(rows.map((r) => r.state)).toEqual(['reversed', 'reversed']);
    expect(rows.some((r) => r.undo)).toBe(false);
    expect(waiting(ledger([], [paid('c1', false, 'waiting')]))?.contribution_id).toBe('c1');
  });
});

describe('the explanation of a sum', () => {
  it('is shown only when it explains this sum of these months', () => {
    const quote = { version: 'v', first_month: '2026-11', last_month: '2026-11', covered_until: '2026-11-30', total: 16800, months: [], steps: [] };
    const c = paid('c1', false, 'waiting');
    expect(quoteOf(c, undefined, quote)).toBe(quote);
    expect(quoteOf(c, { ...quote, total: 8400 }, { ...quote, first_month: '2026-10' })).toBeUndefined();
  });
});

describe('months that were missed', () => {
  it('begin after the last that was paid, and only while they can be made up', () => {
    expect(arrearsFrom({ status: 'grace', until: '2026-08-31' }, '2026-11-21', addMonths)).toBe('2026-09');
    expect(arrearsFrom({ status: 'grace', until: '2026-10-31' }, '2026-11-21', addMonths)).toBeUndefined();
    expect(arrearsFrom({ status: 'ended', until: '2026-07-31' }, '2026-11-21', addMonths)).toBeUndefined();
    expect(arrearsFrom(undefined, '2026-11-21', addMonths)).toBeUndefined();
  });
});

const lapse = (more: Partial<Lapse>): Lapse => ({ worker_id: 'w', name: 'Mardi', occupation: 'Ojek', status: 'grace', until: '2026-10-31', days: -21, grace_until: '2027-01-31', months: 3, phone: true, sentence: '', consequence: '', ...more });

describe('who lapses', () => {
  it('stands under the day that all share', () => {
    const groups = groupsOf([lapse({ until: '2026-08-31' }), lapse({ until: '2026-08-31' }), lapse({ until: '2026-09-30' })]);
    expect(groups.map((g) => [g.until, g.items.length])).toEqual([['2026-08-31', 2], ['2026-09-30', 1]]);
  });
  it('says how it stands with the reminder', () => {
    const day = '2026-11-21';
    const waits = lapse({ reminder: { state: 'waiting', kind: 'a30', at: '2026-11-20T01:00:00Z' } });
    expect(toldOf(waits, day, true)).toBe('waiting');
    expect(toldOf(waits, day, false)).toBe('none');
    expect(toldOf(lapse({ phone: false }), day, true)).toBe('by_hand');
    expect(toldOf(lapse({ stopped: true }), day, true)).toBe('stopped');
    expect(toldOf(lapse({ reminded_on: day }), day, true)).toBe('today');
    expect(toldOf(lapse({ reminded_on: '2026-11-01' }), day, true)).toBe('sent');
    expect(toldOf(lapse({ reminder: { state: 'refused', kind: 'a30', at: '' } }), day, true)).toBe('refused');
  });
  it('is found at the stall', () => {
    expect(whereOf(lapse({ place_name: 'Angso Duo', lot: 'A-12', village_name: 'Murni' }))).toBe('Angso Duo, A-12 · Murni');
    expect(whereOf(lapse({ village_name: 'Murni' }))).toBe('Murni');
    expect(daysBetween('2026-11-21', '2026-12-01')).toBe(10);
  });
});

describe('who stays', () => {
  const young = { month: '2026-11', joined: 10, kept: {} };
  const old = { month: '2026-05', joined: 20, kept: { '1': 10, '3': 8, '6': 0 } };
  it('is a share, and a month that has not come is none', () => {
    expect(shareOf(old, 1)).toBe(0.5);
    expect(shareOf(old, 6)).toBe(0);
    expect(shareOf(young, 1)).toBeUndefined();
    expect(shareOf({ ...old, joined: 0 }, 1)).toBeUndefined();
  });
  it('counts together only those who are old enough', () => {
    expect(together([young, old], 3)).toEqual({ joined: 20, kept: 8, share: 0.4 });
    expect(together([young], 1)).toBeUndefined();
    expect([0, 0.2, 0.59, 0.6, 1].map(stepOf)).toEqual([1, 2, 3, 4, 5]);
  });
});

const holder = (by_age: { day: number; amount: number }[]): AgentCash => ({
  agent_id: 'a', name: 'Rahma', office_id: 'o', office_name: 'Jambi', open: by_age.reduce((s, b) => s + b.amount, 0), receipts: by_age.length, float: 0, day: by_age[0]?.day ?? 0, over_limit: false, blocked: false, cases: 0, by_age
});

describe('cash in hands', () => {
  const all = ages([holder([{ day: 5, amount: 100 }, { day: 0, amount: 30 }]), holder([{ day: 1, amount: 20 }, { day: 0, amount: 10 }])]);
  it('is counted by age, the oldest first', () => {
    expect(all).toEqual([{ day: 5, amount: 100 }, { day: 1, amount: 20 }, { day: 0, amount: 40 }]);
    expect(overdue(all, 1)).toBe(120);
    expect(bands(all, 1)).toEqual([{ shape: 'lapsed', amount: 100 }, { shape: 'grace', amount: 20 }, { shape: 'pending', amount: 40 }]);
  });
  it('turns from fresh to due to the branch', () => {
    expect([0, 1, 2, 3, 9].map((day) => ageShape(day, 1))).toEqual(['pending', 'grace', 'grace', 'lapsed', 'lapsed']);
    expect(ageShape(1, 2)).toBe('pending');
  });
});

describe('a day of the book', () => {
  it('is the sum of its channels', () => {
    const channel = (n: number, amount: number) => ({ channel: 'bank', n, amount, reversed: 1, suspense: 2 });
    expect(totalOf([channel(2, 500), { ...channel(1, 100), refunded: 7 }])).toEqual({ channel: '', n: 3, amount: 600, reversed: 2, refunded: 7, suspense: 4 });
    expect(totalOf([])).toMatchObject({ n: 0, amount: 0 });
  });
  it('has one before and one after, over the ends of months too', () => {
    expect([dayAway('2026-12-01', -1), dayAway('2026-12-31', 1)]).toEqual(['2026-11-30', '2027-01-01']);
  });
  it('agrees with the bank when neither side has more', () => {
    const s = { statement_id: 's', channel: 'bank', from: '2026-11-20', to: '2026-11-20', rows: 1, sum: 5, matched: { n: 1, sum: 5 }, only_bank: [], only_book: [], differs: [] };
    expect(clean(s)).toBe(true);
    expect(clean({ ...s, only_book: [{ day: '2026-11-20', amount: 5 }] })).toBe(false);
  });
});
