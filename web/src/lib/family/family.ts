import type { BenefitRequest, Estimate, EstimateItem, Program } from '../api';
import { takeHanded } from './hand';

/** What a visitor tells of himself. Nothing of it leaves the page but as the question of an estimate. */
export interface Question {
  income: Income;
  /** Rupiah a month; only for `other`. */
  sum: number | undefined;
  stay: Stay;
  /** Full months; only for `other`. */
  months: number | undefined;
  /** Months of dues; undefined is as many as the full months. */
  paid?: number;
  children: number;
  jht: boolean;
}
export type Income = 'lowest' | 'other' | `${number}`;
export type Stay = 'other' | `${number}`;

/** Incomes and stays that are one tap away; any other is typed. */
export const INCOMES = [1_500_000, 2_500_000, 4_000_000, 6_000_000];
export const STAYS = [0, 3, 12, 36, 120];
/** A stay so long that nothing waits any more: asked beside the real one, to say what rises. */
export const LATER = 240;
export const MOST_MONTHS = 720;

export const emptyQuestion = (): Question => ({ income: 'lowest', sum: undefined, stay: '0', months: undefined, children: 0, jht: false });

/** The income in rupiah; undefined is the lowest row, null is "not typed yet". */
export function incomeOf(q: Question): number | undefined | null {
  if (q.income === 'lowest') return undefined;
  return q.income === 'other' ? q.sum || null : Number(q.income);
}

/** Full months as a member; null is "not typed yet". */
export function monthsOf(q: Question): number | null {
  if (q.stay !== 'other') return Number(q.stay);
  return q.months === undefined ? null : Math.min(q.months, MOST_MONTHS);
}

/** The request of a question; undefined while something is missing. */
export function requestOf(q: Question, months = monthsOf(q)): BenefitRequest | undefined {
  const income = incomeOf(q);
  if (income === null || months === null) return undefined;
  const programs: Program[] = q.jht ? ['JKK', 'JKM', 'JHT'] : ['JKK', 'JKM'];
  return { programs, income, months_covered: months, children: q.children, ...(q.paid === undefined ? {} : { months_paid: Math.min(q.paid, MOST_MONTHS) }) };
}

/** The same question after so long a stay that nothing waits. */
export const laterOf = (request: BenefitRequest): BenefitRequest => ({ ...request, months_covered: LATER, months_paid: LATER });

/** What may happen, in the order in which families ask. */
export const HAPPENINGS = ['accident', 'disability', 'work_death', 'death', 'school', 'jht'] as const;
export type Happening = (typeof HAPPENINGS)[number];

const happeningOf: Record<string, Happening> = {
  'estimate.care': 'accident', 'estimate.temporary_disability': 'accident', 'estimate.transport': 'accident', 'estimate.homecare': 'accident',
  'estimate.total_disability': 'disability', 'estimate.work_death': 'work_death', 'estimate.death': 'death',
  'estimate.school.jkk': 'school', 'estimate.school.jkm': 'school',
  'estimate.jht': 'jht', 'estimate.jht.housing': 'jht', 'estimate.jht.other': 'jht'
};

/** An item with what it will be once nothing waits any more. */
export interface Line extends EstimateItem {
  /** Rupiah after the wait; 0 when it does not rise. */
  rises: number;
  /** The office's sentence about the wait. */
  wait: string;
}
export interface Part { happening: Happening; lines: Line[] }

/** The answer by happening. An item that this page does not know stands with the accident: nothing is left out. */
export function partsOf(now: Estimate, later: Estimate | undefined): Part[] {
  const lines = now.items.map((item): Line => {
    const then = later?.items.find((i) => i.key === item.key);
    const wait = waitOf(item);
    const rises = wait && then && then.amount > item.amount ? then.amount : 0;
    return { ...item, rises, wait: rises ? wait : '' };
  });
  return HAPPENINGS.map((happening) => ({ happening, lines: lines.filter((l) => (happeningOf[l.key] ?? 'accident') === happening) })).filter((p) => p.lines.length > 0);
}

const waitOf = (item: EstimateItem): string => item.steps?.find((s) => s.key === 'step.benefit.wait' || s.key === 'step.school.months')?.label ?? '';

/** What waits, each sentence once. */
export const waits = (parts: Part[]): Line[] => parts.flatMap((p) => p.lines).filter((l) => l.wait);

/** The sentence that stands where a sum would say nothing: what JHT puts aside each month, and when a part of it may be taken. */
export const insteadOf = (item: EstimateItem): string =>
  item.amount ? '' : (item.steps?.find((s) => s.key === 'step.jht.years' || (s.key === 'step.jht.month' && item.key === 'estimate.jht'))?.label ?? '');

/** An answer as it is kept for a time without signal. */
export interface Answer { question: Question; now: Estimate; later?: Estimate; at: string; lang: string }

const KEPT = 'jaring.family';
type Drawer = Pick<Storage, 'getItem' | 'setItem'>;

export function keep(answer: Answer, drawer: Drawer = localStorage): void {
  try {
    drawer.setItem(KEPT, JSON.stringify(answer));
  } catch {
    // without a drawer the answer lives as long as the page
  }
}

/** The last answer, undefined when there is none that can be read. */
export function kept(drawer: Drawer = localStorage): Answer | undefined {
  try {
    const answer = JSON.parse(drawer.getItem(KEPT) ?? 'null') as Answer | null;
    return answer?.question && Array.isArray(answer.now?.items) ? answer : undefined;
  } catch {
    return undefined;
  }
}

export const sameQuestion = (a: Question, b: Question): boolean => JSON.stringify(requestOf(a)) === JSON.stringify(requestOf(b));

/** The question of the person that another screen handed over, once. */
export function take(): Question | undefined {
  const found = takeHanded();
  if (!found) return undefined;
  const { income, months, jht, paid } = found;
  return {
    ...emptyQuestion(), jht, ...(paid === undefined || paid === months ? {} : { paid }),
    ...(income ? (INCOMES.includes(income) ? { income: `${income}` as const } : { income: 'other' as const, sum: income }) : {}),
    ...(STAYS.includes(months) ? { stay: `${months}` as const } : { stay: 'other' as const, months })
  };
}
