/** How a receipt stands, put into shapes and steps. Pure but for the words. */
import { date, dayOf, t } from '../i18n/index.svelte';
import type { Check, StepKey } from './api';
import type { Link } from './Chain.svelte';

export type Shape = 'protected' | 'done' | 'grace' | 'lapsed' | 'pending';
const ORDER: StepKey[] = ['received', 'deposited', 'covered', 'confirmed'];

/** A deposit is late from the day after the receipt on. */
export const isLate = (c: Pick<Check, 'state' | 'day' | 'steps'>): boolean =>
  (c.state === 'received' || c.state === 'disputed') && c.day >= 1 && !c.steps.some((s) => s.key === 'deposited' && s.on);

/** Paid for months to come: today another payment covers, or none. */
const isAhead = (c: Check): boolean => (c.state === 'covered' || c.state === 'confirmed') && !!c.covered_from && c.covered_from > dayOf(Date.now());

export function shapeOf(c: Check): Shape {
  switch (c.state) {
    case 'covered':
    case 'confirmed': return isAhead(c) ? 'done' : 'protected';
    case 'disputed': return 'grace';
    case 'deposited': return 'done';
    default: return isLate(c) ? 'grace' : 'pending';
  }
}

export function titleOf(c: Check): string {
  if (isAhead(c)) return t('cek.state.ahead', { from: date(c.covered_from!), date: date(c.covered_until ?? '') });
  if (c.state === 'covered' || c.state === 'confirmed') return c.covered_until ? t('cek.state.covered', { date: date(c.covered_until) }) : t('cek.state.paid');
  if (isLate(c) && c.state !== 'disputed') return t('cek.state.late', { n: c.day });
  return t(`cek.state.${c.state}`);
}

/** The four steps; what has its day is done, the first that waits is half when it is late. */
export function linksOf(c: Check): Link[] {
  const on = new Map(c.steps.map((s) => [s.key, s.on]));
  const first = ORDER.find((key) => !on.get(key));
  return ORDER.map((key) => {
    const day = on.get(key);
    const state = day ? (key === 'covered' || key === 'confirmed' ? 'protected' : 'done') : key === first && isLate(c) ? 'grace' : 'pending';
    return { state, ...wordsOf(key, day, c) };
  });
}

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function wordsOf(key: StepKey, day: string | undefined, c: Check): Pick<Link, 'title' | 'sub'> {
  if (key === 'received') return { title: t('cek.step.received', { agent: c.agent }), sub: day && date(day) };
  if (day) return { title: t(`cek.step.${key}.done`), sub: key === 'covered' && c.covered_until ? t('cek.step.covered.until', { from: date(c.covered_from ?? day), date: date(c.covered_until) }) : date(day) };
  if (key === 'deposited' && isLate(c)) return { title: t('cek.step.deposited.late', { n: c.day }), sub: c.branch_told_on ? t('cek.step.told', { date: date(c.branch_told_on) }) : t('cek.step.tell') };
  return { title: t(`cek.step.${key}.wait`), sub: t(`cek.step.${key}.wait.sub`, { date: date(nextDay(c.received_on)) }) };
}
