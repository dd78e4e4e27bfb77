/** The price of BPU months without the office: the twin of its own, fed with the same tables. Pure. */
import type { Program, Sector } from '../api';
import { FORMAT } from './format';

/** The tables as GET /packs/prices sends them. Months are "YYYY-MM" and compare as text, money is whole rupiah. */
export interface PricePack {
  format: number;
  version: string;
  rounding: 'half_up' | 'down' | 'up';
  unstated_paid_up: boolean;
  tables: PackTable[];
  reliefs: PackRelief[] | null;
  due: { from: string; to: string | null; day: number; offset: number }[];
  /** Days that are no working days: "MM-DD" each year, "YYYY-MM-DD" once. */
  yearly: string[];
  holidays: string[];
  rules: Record<string, PackRule>;
}
export interface PackRule { article: string; source: string; mark: string }
export interface PackTable {
  from: string;
  to: string | null;
  edges: number[];
  bases: number[];
  /** Where the rows but the last end, when incomes between two rows have no price. */
  ends?: number[];
  jkk: number[];
  jkm: number[];
  jht: number[];
  rules: Record<string, string>;
}
export interface PackRelief {
  id: string;
  from: string;
  to: string | null;
  programs: string[];
  /** What remains due: numerator, denominator. */
  factor: [number, number];
  sectors?: string[];
  not_funding?: string[];
  own_account_only?: boolean;
  paid_up_to?: string;
  grace_months?: number;
}

export interface PriceQuestion {
  first_month: string;
  months: number;
  income?: number;
  lowest_band?: boolean;
  programs: Program[];
  sector?: Sector | string;
  funding?: string;
  kind?: string;
  registered?: string;
  paid_up_to?: string;
}
export interface PriceLine { program: Program; amount: number; full: number; rule: string; relief?: PackRelief }
export interface PriceMonth { month: string; row: number; table: PackTable; total: number; full: number; lines: PriceLine[] }
export interface Price { version: string; months: PriceMonth[]; total: number; full: number; due?: string }

/** As many months as the office prices at once: a guard of the house, no rule of the law. */
const MOST_MONTHS = 60;

/** What the months cost; undefined when the tables do not know a month, a programme or the income. */
export function price(pack: PricePack, q: PriceQuestion): Price | undefined {
  if (pack.format !== FORMAT || !(q.months >= 1 && q.months <= MOST_MONTHS) || q.programs.length === 0) return undefined;
  const months: PriceMonth[] = [];
  for (let n = 0; n < q.months; n++) {
    const month = addMonths(q.first_month, n);
    const table = pack.tables.find((t) => holds(t, month));
    if (!table) return undefined;
    const row = rowOf(table, q);
    if (row === undefined) return undefined;
    const lines: PriceLine[] = [];
    for (const program of q.programs) {
      const full = ({ JKK: table.jkk, JKM: table.jkm, JHT: table.jht } as Record<string, number[]>)[program]?.[row];
      if (full === undefined) return undefined;
      const relief = (pack.reliefs ?? []).find((r) => holds(r, month) && r.programs.includes(program) && applies(r, q, month, pack));
      lines.push({ program, full, amount: relief ? share(full, relief.factor, pack.rounding) : full, rule: table.rules[program.toLowerCase()] ?? '', relief });
    }
    months.push({ month, row, table, lines, total: sum(lines, (l) => l.amount), full: sum(lines, (l) => l.full) });
  }
  return { version: pack.version, months, total: sum(months, (m) => m.total), full: sum(months, (m) => m.full), due: dueDate(pack, q.first_month) };
}

/** The row of an income: the last that begins below it. */
function rowOf(table: PackTable, q: PriceQuestion): number | undefined {
  if (q.lowest_band) return 0;
  const income = q.income;
  if (income === undefined || !(income > 0)) return undefined;
  const row = table.edges.filter((edge) => edge <= income).length - 1;
  const end = table.ends?.[row];
  return row < 0 || (end !== undefined && income > end) ? undefined : row;
}

/** Whether a relief is for this person, and not refused. */
function applies(r: PackRelief, q: PriceQuestion, month: string, pack: PricePack): boolean {
  if (r.sectors && !r.sectors.includes(q.sector ?? 'other')) return false;
  if (r.not_funding?.includes(q.funding ?? 'self')) return false;
  if (r.own_account_only && q.kind === 'employer_owner') return false;
  if (!r.paid_up_to) return true;
  if (q.registered && q.registered > r.paid_up_to) return month >= addMonths(q.registered, r.grace_months ?? 0);
  return q.paid_up_to ? q.paid_up_to >= r.paid_up_to : pack.unstated_paid_up;
}

/** The last day to pay a month, moved on over days without banking. */
export function dueDate(pack: PricePack, month: string): string | undefined {
  const rule = pack.due.filter((d) => holds(d, month)).at(-1);
  if (!rule) return undefined;
  const [year, m] = addMonths(month, rule.offset).split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, m, 0)).getUTCDate();
  const day = new Date(Date.UTC(year, m - 1, Math.min(rule.day, last)));
  for (;;) {
    const iso = day.toISOString().slice(0, 10);
    const off = day.getUTCDay() % 6 === 0 || pack.yearly.includes(iso.slice(5)) || pack.holidays.includes(iso);
    if (!off) return iso;
    day.setUTCDate(day.getUTCDate() + 1);
  }
}

const holds = (span: { from: string; to: string | null }, month: string) => span.from <= month && (!span.to || month <= span.to);

/** A part of whole rupiah; exact, since sums stay far below 2⁵³. */
function share(amount: number, [num, den]: [number, number], rounding: PricePack['rounding']): number {
  const product = amount * num;
  const rest = product % den;
  const whole = (product - rest) / den;
  if (rest === 0 || rounding === 'down') return whole;
  return rounding === 'up' || 2 * rest >= den ? whole + 1 : whole;
}

/** Months later, as the tables write months. */
export function addMonths(month: string, n: number): string {
  const [year, m] = month.split('-').map(Number) as [number, number];
  const at = year * 12 + m - 1 + n;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

const sum = <T>(list: T[], of: (one: T) => number): number => list.reduce((all, one) => all + of(one), 0);
