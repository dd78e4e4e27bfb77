import { addMonths } from '../i18n/format';
import { today } from '../i18n/index.svelte';

/** The first month that a payment today covers: after what is paid, and not before this month. */
export function firstMonth(coveredUntil: string | undefined): string {
  const now = today().slice(0, 7);
  const next = coveredUntil ? addMonths(coveredUntil.slice(0, 7), 1) : now;
  return next > now ? next : now;
}

/** The last day of a month: "2027-02" → "2027-02-28". */
export function lastDay(month: string): string {
  const [y, m] = month.split('-').map(Number) as [number, number];
  return `${month}-${new Date(Date.UTC(y, m, 0)).getUTCDate()}`;
}
