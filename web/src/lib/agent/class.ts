/** What a class's seats come to. Pure. */
import type { AgentClass, Seat } from './types';

/** Where a seat stands between the first day and the certificate. */
export type Standing = 'seated' | 'absent' | 'to_judge' | 'failed' | 'passed' | 'certified';

/** The days of the class up to a day; what is to come is no absence. */
export const daysSoFar = (c: Pick<AgentClass, 'days'>, today: string): string[] => c.days.filter((d) => d <= today);

export function standingOf(seat: Seat, c: Pick<AgentClass, 'days'>, today: string): Standing {
  if (seat.certificate) return 'certified';
  if (seat.result === 'passed') return 'passed';
  if (seat.result === 'failed') return 'failed';
  const seen = new Set(seat.days.map((d) => d.day));
  if (daysSoFar(c, today).some((d) => d < today && !seen.has(d))) return 'absent';
  return seat.days.length ? 'to_judge' : 'seated';
}

/** Who would receive a certificate now. */
export const graduates = (c: Pick<AgentClass, 'seats'>): Seat[] => c.seats.filter((s) => s.result === 'passed' && !s.certificate);

export interface Mark { score: string; practice: '' | 'done' | 'not_done'; note: string }

export const markOf = (seat: Seat): Mark => ({ score: seat.test_score === undefined ? '' : String(seat.test_score), practice: seat.practice ?? '', note: seat.note ?? '' });

const same = (a: Mark, b: Mark) => a.score.trim() === b.score.trim() && a.practice === b.practice && a.note.trim() === b.note.trim();
const whole = (score: string) => /^\d{1,3}$/.test(score.trim()) && Number(score) <= 100;

/** The marks that were changed and can be sent, and the seats whose marks cannot. A mark needs both its parts. */
export function changedMarks(seats: readonly Seat[], marks: Record<string, Mark>) {
  const changed = seats.filter((s) => marks[s.application_id] && !same(marks[s.application_id]!, markOf(s)));
  const wrong = changed.filter((s) => {
    const m = marks[s.application_id]!;
    return !whole(m.score) || !m.practice;
  });
  const items = changed.filter((s) => !wrong.includes(s)).map((s) => {
    const m = marks[s.application_id]!;
    return { application_id: s.application_id, test_score: Number(m.score), practice: m.practice as 'done' | 'not_done', ...(m.note.trim() ? { note: m.note.trim() } : {}) };
  });
  return { items, wrong: wrong.map((s) => s.application_id) };
}

/** The badge in what was scanned or typed: thirteen characters in groups, whatever stands around them. */
export function readBadge(text: string): string | undefined {
  const found = text.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return found.length === 13 ? found : undefined;
}
