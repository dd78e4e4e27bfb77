import { describe, expect, it } from 'vitest';
import type { Estimate } from '../api';
import { emptyQuestion, incomeOf, insteadOf, keep, kept, laterOf, monthsOf, partsOf, requestOf, sameQuestion, take, waits, type Question } from './family';
import { hand } from './hand';

const q = (part: Partial<Question>): Question => ({ ...emptyQuestion(), ...part });
const item = (key: string, amount: number, steps: { key: string; label: string }[] = []) => ({ key, program: 'JKM' as const, label: key, amount, steps });
const estimate = (...items: Estimate['items']): Estimate => ({ version: 'v', on: '2026-11-21', items, heirs: [], disclaimer: '' });

describe('the question', () => {
  it('asks for the lowest row by leaving the income out', () => expect(requestOf(q({}))).toEqual({ programs: ['JKK', 'JKM'], income: undefined, months_covered: 0, children: 0 }));
  it('waits until a typed number is there', () => {
    expect(incomeOf(q({ income: 'other' }))).toBeNull();
    expect(monthsOf(q({ stay: 'other' }))).toBeNull();
    expect(requestOf(q({ income: 'other' }))).toBeUndefined();
    expect(requestOf(q({ income: 'other', sum: 1_234_000, stay: 'other', months: 0 }))).toMatchObject({ income: 1_234_000, months_covered: 0 });
  });
  it('counts months of dues apart only when they are told', () => {
    expect(requestOf(q({ stay: '3', paid: 30 }))).toMatchObject({ months_covered: 3, months_paid: 30 });
    expect(requestOf(q({ paid: 999 }))!.months_paid).toBe(720);
    expect(laterOf(requestOf(q({ paid: 1 }))!)).toMatchObject({ months_covered: 240, months_paid: 240 });
  });
  it('adds JHT only when asked', () => expect(requestOf(q({ jht: true }))!.programs).toEqual(['JKK', 'JKM', 'JHT']));
  it('keeps months within what the office takes', () => expect(monthsOf(q({ stay: 'other', months: 9999 }))).toBe(720));
  it('knows when it is the same', () => {
    expect(sameQuestion(q({ income: '1500000' }), q({ income: 'other', sum: 1_500_000 }))).toBe(true);
    expect(sameQuestion(q({}), q({ children: 1 }))).toBe(false);
  });
});

describe('the answer', () => {
  const wait = { key: 'step.benefit.wait', label: 'Baru 1 bulan penuh.' };
  const now = estimate(item('estimate.death', 10_000_000, [wait]), item('estimate.care', 0), item('estimate.new', 5), item('estimate.school.jkm', 0, [{ key: 'step.school.months', label: 'Perlu lebih lama.' }]));
  const later = estimate(item('estimate.death', 42_000_000), item('estimate.care', 0), item('estimate.new', 5), item('estimate.school.jkm', 87_000_000));
  it('stands in the order in which families ask, and nothing is left out', () => {
    const parts = partsOf(now, later);
    expect(parts.map((p) => [p.happening, p.lines.map((l) => l.key)])).toEqual([['accident', ['estimate.care', 'estimate.new']], ['death', ['estimate.death']], ['school', ['estimate.school.jkm']]]);
  });
  it('says what waits, with the office’s sentence and the sum after it', () => {
    expect(waits(partsOf(now, later)).map((l) => [l.rises, l.wait])).toEqual([[42_000_000, 'Baru 1 bulan penuh.'], [87_000_000, 'Perlu lebih lama.']]);
    expect(waits(partsOf(later, later))).toEqual([]);
    expect(waits(partsOf(now, undefined))).toEqual([]);
  });
  it('says a sentence where a sum of old age would say nothing', () => {
    const month = { key: 'step.jht.month', label: 'Tiap bulan Rp20.000.' };
    const years = { key: 'step.jht.years', label: 'Setelah 10 tahun.' };
    expect(insteadOf(item('estimate.jht', 0, [month]))).toBe('Tiap bulan Rp20.000.');
    expect(insteadOf(item('estimate.jht.housing', 0, [month, years]))).toBe('Setelah 10 tahun.');
    expect(insteadOf(item('estimate.jht', 60_000, [month]))).toBe('');
    expect(insteadOf(item('estimate.death', 0))).toBe('');
    expect(partsOf(estimate(item('estimate.jht', 0, [month])), estimate(item('estimate.jht', 5)))[0]!.lines[0]).toMatchObject({ rises: 0, wait: '' });
  });
});

describe('what is kept', () => {
  const drawer = () => {
    const map = new Map<string, string>();
    return { getItem: (k: string) => map.get(k) ?? null, setItem: (k: string, v: string) => void map.set(k, v) };
  };
  it('comes back', () => {
    const d = drawer();
    expect(kept(d)).toBeUndefined();
    keep({ question: q({ children: 2 }), now: estimate(), at: '2026-11-21T00:00:00Z', lang: 'id' }, d);
    expect(kept(d)!.question.children).toBe(2);
  });
  it('is nothing when it cannot be read', () => {
    expect(kept({ ...drawer(), getItem: () => '{' })).toBeUndefined();
    expect(kept({ ...drawer(), getItem: () => '{"a":1}' })).toBeUndefined();
  });
  it('is handed over once', () => {
    hand(1_500_000, 3, true);
    expect(take()).toMatchObject({ income: '1500000', stay: '3', jht: true });
    expect(take()).toBeUndefined();
    hand(1_750_000, 7, false);
    expect(take()).toMatchObject({ income: 'other', sum: 1_750_000, stay: 'other', months: 7 });
    hand(1_750_000, 2, false, 3); // cover since the 20th: three months are paid, two are full
    expect(take()).toMatchObject({ stay: 'other', months: 2, paid: 3 });
    hand(undefined, 0, false);
    expect(take()).toMatchObject({ income: 'lowest', stay: '0' });
  });
});
