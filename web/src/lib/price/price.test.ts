import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addMonths, dueDate, price, type PricePack, type PriceQuestion } from './price';
import { quoteOf } from './quote';

type Vector = PriceQuestion & { amounts: number[][]; full: number; total: number; due: string };
// The office's own questions with its answers, and the tables that it sends to phones.
const vectors = JSON.parse(readFileSync(join(process.cwd(), '../internal/scheme/testdata/price_vectors.json'), 'utf8')) as Vector[];
const pack = JSON.parse(readFileSync(join(process.cwd(), 'src/lib/price/testdata/pack.json'), 'utf8')) as PricePack;
const q = (part: Partial<PriceQuestion>): PriceQuestion => ({ first_month: '2026-11', months: 1, income: 1_500_000, programs: ['JKK', 'JKM'], ...part });

describe('the price on the phone', () => {
  it('is the office’s price, to the rupiah, for every vector', () => {
    expect(vectors.length).toBeGreaterThan(400);
    for (const v of vectors) {
      const p = price(pack, v);
      const got = p && { amounts: p.months.map((m) => m.lines.map((l) => l.amount)), full: p.full, total: p.total, due: p.due };
      expect(got, JSON.stringify(v)).toEqual({ amounts: v.amounts, full: v.full, total: v.total, due: v.due });
    }
  });
  it('is that of the drawn page', () => {
    const p = price(pack, q({ months: 3 }))!;
    expect(p.months.map((m) => m.total)).toEqual([11_400, 11_400, 22_800]);
    expect(p.total).toBe(45_600);
  });
  it('never rises above the full price, nor falls with income', () => {
    let last = 0;
    for (let income = 1; income < 25_000_000; income += 99_991) {
      const p = price(pack, q({ income, months: 2, programs: ['JKK', 'JKM', 'JHT'] }))!;
      expect(p.total).toBeLessThanOrEqual(p.full);
      expect(p.full).toBeGreaterThanOrEqual(last);
      last = p.full;
    }
  });
  it('is none where the tables know nothing', () => {
    expect(price(pack, q({ first_month: '2014-01' }))).toBeUndefined();
    expect(price(pack, q({ programs: ['JP'] }))).toBeUndefined();
    expect(price(pack, q({ income: undefined }))).toBeUndefined();
    expect(price({ ...pack, format: 2 }, q({}))).toBeUndefined();
    expect(price({ ...pack, reliefs: null }, q({}))!.total).toBe(22_800);
  });
  it('rounds as the tables say', () => {
    const odd = (rounding: PricePack['rounding']) => price({ ...pack, rounding, reliefs: [{ id: 'r', from: '2026-11', to: null, programs: ['JKK'], factor: [1, 3] }] }, q({ programs: ['JKK'] }))!.total;
    expect([odd('down'), odd('half_up'), odd('up')]).toEqual([5_333, 5_333, 5_334]);
  });
  it('moves the last day on over days without banking', () => {
    expect(dueDate(pack, '2026-11')).toBe('2026-11-16');
    expect(dueDate({ ...pack, due: [] }, '2026-11')).toBeUndefined();
    expect(dueDate({ ...pack, due: [{ from: '2026-01', to: null, day: 31, offset: 1 }], holidays: [] }, '2026-01')).toBe('2026-03-02');
  });
  it('counts months over years', () => expect([addMonths('2026-12', 1), addMonths('2026-01', 23)]).toEqual(['2027-01', '2027-12']));
});

describe('the quote on the phone', () => {
  const words = (key: string, args: Record<string, string | number> = {}) => `${key}:${Object.values(args).join(',')}`;
  const quote = quoteOf(price(pack, q({ months: 3 }))!, pack, q({ months: 3 }), words)!;
  it('has the shape of the office’s quote', () => {
    expect(quote).toMatchObject({ version: pack.version, first_month: '2026-11', last_month: '2027-01', covered_until: '2027-01-31', total: 45_600, offline: true });
    expect(quote.months[0]!.lines[0]).toMatchObject({ program: 'JKK', amount: 8_000, full: 16_000, article: 'PP 44/2015 Lampiran II' });
  });
  it('says each step with its article, source and mark', () => {
    expect(quote.steps.map((s) => [s.key, s.program ?? '', s.amount])).toEqual([
      ['step.bpu.row', '', 1_600_000], ['step.bpu.rate', 'JKK', 16_000], ['step.relief', 'JKK', 8_000], ['step.bpu.rate', 'JKM', 6_800], ['step.relief', 'JKM', 3_400]
    ]);
    for (const s of quote.steps) expect([s.article, s.source, s.mark].every(Boolean), s.key).toBe(true);
    expect(quote.steps[2]!.months).toEqual(['2026-11', '2026-12']);
  });
});
