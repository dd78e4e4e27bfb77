/** Days and clocks as people write them, and the moments that they are in a zone. Pure. */
import { dayOf, time } from '../i18n/format';

/** `08.00` of what was typed: 8, 800, 8.00, 08:00; undefined when it is no time of day. */
export function readClock(text: string): string | undefined {
  const found = /^(\d{1,2})(?:\s*[.:]?\s*(\d{2}))?$/.exec(text.trim());
  if (!found) return undefined;
  const [h, m] = [Number(found[1]), Number(found[2] ?? 0)];
  return h < 24 && m < 60 ? `${String(h).padStart(2, '0')}.${String(m).padStart(2, '0')}` : undefined;
}

/** The moment at which a clock in a zone shows that day and time. */
export function momentIn(day: string, clock: string, zone: string): string {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number);
  const [hour = 0, minute = 0] = clock.split('.').map(Number);
  const wanted = Date.UTC(y, m - 1, d, hour, minute);
  const shows = (at: number) => Date.parse(`${dayOf(at, zone)}T${time(at, 'en', zone)}:00Z`);
  const near = wanted - (shows(wanted) - wanted);
  return new Date(near - (shows(near) - wanted)).toISOString().replace('.000Z', 'Z');
}

/** What a window is on the clocks of a zone: its day, from, to; the end may be on the next day. */
export function windowIn(opens: string, closes: string, zone: string): { day: string; from: string; to: string } {
  return { day: dayOf(opens, zone), from: time(opens, 'id', zone), to: time(closes, 'id', zone) };
}

/** The window of a day: an end before its start is on the next day. */
export function windowOf(day: string, from: string, to: string, zone: string): { opens_at: string; closes_at: string } {
  const opens_at = momentIn(day, from, zone);
  let closes_at = momentIn(day, to, zone);
  if (closes_at <= opens_at) closes_at = new Date(Date.parse(closes_at) + 86_400_000).toISOString().replace('.000Z', 'Z');
  return { opens_at, closes_at };
}
