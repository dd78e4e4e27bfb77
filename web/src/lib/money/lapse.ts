/** Who lapses, as work lists need it. Pure. */
import type { Lapse } from './types';

/** People whose cover ends on the same day: the day stands once above them. */
export interface EndGroup { until: string; graceUntil: string; days: number; consequence: string; items: Lapse[] }

export function groupsOf(items: readonly Lapse[]): EndGroup[] {
  const groups: EndGroup[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.until === item.until) last.items.push(item);
    else groups.push({ until: item.until, graceUntil: item.grace_until, days: item.days, consequence: item.consequence, items: [item] });
  }
  return groups;
}

export type Told = 'none' | 'sent' | 'waiting' | 'by_hand' | 'refused' | 'stopped' | 'today';

/** How it stands with the reminder of somebody; without a gateway nothing is sent by itself. */
export function toldOf(l: Lapse, today: string, gateway: boolean): Told {
  if (l.stopped) return 'stopped';
  if (l.reminded_on === today) return 'today';
  const state = l.reminder?.state;
  if (l.reminded_on || state === 'sent') return 'sent';
  if (!l.phone || state === 'by_hand') return 'by_hand';
  if (state === 'refused' || state === 'unknown') return 'refused';
  return gateway && (state === 'waiting' || state === 'under_way') ? 'waiting' : 'none';
}

/** Where somebody is found: the stall first. */
export const whereOf = (l: Lapse): string => [l.place_name && l.lot ? `${l.place_name}, ${l.lot}` : (l.place_name ?? l.lot), l.village_name].filter(Boolean).join(' · ');

/** Days between two days. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to + 'T00:00:00Z') - Date.parse(from + 'T00:00:00Z')) / 86_400_000);
