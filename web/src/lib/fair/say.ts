import { date, dateShort, dayOf, rupiah, t, time } from '../i18n/index.svelte';
import type { Shape } from '../ui/shape';
import type { Slot, State } from './api';

/** What an opening pays a month. */
export function wage(o: { wage_from?: number; wage_to?: number }): string {
  if (!o.wage_to) return t('fair.wage.open');
  return o.wage_from === o.wage_to ? rupiah(o.wage_to) : `${rupiah(o.wage_from ?? 0)} – ${rupiah(o.wage_to)}`;
}
/** When a fair is: its hours, or its days when it lasts longer than one. */
export function when(f: { opens_at: string; closes_at: string }): string {
  const [first, last] = [dayOf(f.opens_at), dayOf(f.closes_at)];
  return first === last ? `${date(first)}, ${time(f.opens_at)}–${time(f.closes_at)}` : `${date(first)} – ${date(last)}`;
}
type Times = Pick<Slot, 'from' | 'to'>;
/** The hours of a slot; with its day where the slots it stands among lie on more than one. */
export function span(s: Times, among: readonly Times[] = []): string {
  const day = dayOf(s.from);
  return `${among.some((one) => dayOf(one.from) !== day) ? dateShort(day) + ', ' : ''}${time(s.from)}–${time(s.to)}`;
}
export const shapes: Record<State, Shape> = { applied: 'pending', invited: 'pending', interviewed: 'grace', offered: 'grace', hired: 'protected', declined: 'lapsed', withdrawn: 'lapsed' };
