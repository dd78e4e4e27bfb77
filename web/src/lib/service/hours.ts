import type { Lang } from '../i18n/index.svelte';
import type { Hours } from './api';

const DAYS = { id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'], en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] };
export const dayName = (day: number, lang: Lang): string => DAYS[lang][day - 1] ?? '';
const clock = (text: string, lang: Lang) => (lang === 'id' ? text.replace(':', '.') : text);

/** Hours as a sign says them: days in a row with the same hours are one line. */
export function hoursSaid(opens: Hours[], lang: Lang): { days: string; hours: string }[] {
  const runs: { from: Hours; to: number }[] = [];
  for (const h of opens) {
    const last = runs.at(-1);
    if (last && h.day === last.to + 1 && h.from === last.from.from && h.until === last.from.until) last.to = h.day;
    else runs.push({ from: h, to: h.day });
  }
  return runs.map(({ from, to }) => ({
    days: from.day === to ? dayName(to, lang) : `${dayName(from.day, lang)}–${dayName(to, lang)}`,
    hours: `${clock(from.from, lang)}–${clock(from.until, lang)}`
  }));
}
