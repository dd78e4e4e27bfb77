import type { FieldCampaign } from '../api/field';
import { dateShort, dayOf, t } from '../i18n/index.svelte';
import { now } from './now.svelte';

/** How a sweep stands now, in few words: "1 jam 12 menit lagi". */
export function windowWords(sweep: FieldCampaign): string {
  const left = Math.ceil((Date.parse(sweep.closes_at) - now()) / 60_000);
  switch (sweep.state) {
    case 'open':
      return left > 0 ? t('sweep.left', { time: span(left) }) : t('sweep.over_time');
    case 'paused': return t('sweep.paused');
    case 'planned': return t('sweep.planned', { date: dateShort(dayOf(sweep.opens_at)) });
    case 'cancelled': return t('sweep.cancelled');
    default: return t('sweep.closed');
  }
}

function span(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours ? t('sweep.hours', { n: hours }) : '', minutes % 60 || !hours ? t('sweep.minutes', { n: minutes % 60 }) : ''].filter(Boolean).join(' ');
}
