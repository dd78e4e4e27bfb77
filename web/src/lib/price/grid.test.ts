import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Program } from '../api';
import { addMonths, price, type PricePack, type PriceQuestion } from './price';

// The office rolls the same twenty thousand questions (internal/scheme/grid_test.go) and keeps what they come to.
const office = join(process.cwd(), '../internal/scheme/testdata');
const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const grid = read<Record<string, number[]>>(join(office, 'price_grid.json'));
const packs: Record<string, PricePack> = {
  shipped: read<PricePack>(join(process.cwd(), 'src/lib/price/testdata/pack.json')),
  strange: read<PricePack>(join(office, 'strange_pack.json'))
};
const BLOCK = 500;

/** Numbers that every language rolls alike: xorshift over 32 bits. */
function dice(seed: number): (n: number) => number {
  let d = seed;
  return (n) => {
    d ^= d << 13;
    d ^= d >>> 17;
    d ^= d << 5;
    return (d >>> 0) % n;
  };
}

function question(below: (n: number) => number): PriceQuestion {
  const pick = (...words: string[]) => words[below(words.length)]!;
  const first_month = addMonths('2015-05', below(190));
  const months = below(14);
  const mask = 1 + below(7);
  const programs = (['JKK', 'JKM', 'JHT'] as Program[]).filter((_, i) => (mask >> i) & 1);
  const q: PriceQuestion = { first_month, months, programs };
  switch (below(4)) {
    case 0:
      q.lowest_band = true;
      break;
    case 1:
      q.income = below(40_000_000);
      break;
    default:
      q.income = 100_000 * below(230);
      q.income += [0, -1, 1, -1000, -999, -1001, 999, 50_000][below(8)]!;
      q.income = Math.max(0, q.income);
  }
  q.sector = pick('transport', 'other');
  q.funding = pick('self', 'csr', 'apbd', 'apbn', 'apbdes');
  q.kind = pick('self_employed', 'employer_owner');
  const since = below(20);
  if (since < 10) q.registered = addMonths(first_month, -since);
  const paid = below(20);
  if (paid < 10) q.paid_up_to = addMonths(first_month, -paid);
  return q;
}

/** A block of questions and answers in one number, as the office adds it up. */
function digest(pack: PricePack, below: (n: number) => number): number {
  let sum = 0;
  const add = (n: number) => (sum = (Math.imul(sum, 31) + n) >>> 0);
  for (let i = 0; i < BLOCK; i++) {
    const p = price(pack, question(below));
    if (!p) {
      add(7);
      continue;
    }
    for (const m of p.months) for (const l of m.lines) add(l.amount);
    add(Number((p.due ?? '').replaceAll('-', '')));
    add(p.full);
    add(p.total);
  }
  return sum;
}

describe('the price on the phone, on a wide grid', () => {
  it.each(Object.keys(packs))('is the office’s, to the rupiah, by the %s tables', (name) => {
    expect(grid[name]!.length).toBeGreaterThan(30);
    const below = dice(2026);
    expect(grid[name]!.map(() => digest(packs[name]!, below))).toEqual(grid[name]);
  });
});
