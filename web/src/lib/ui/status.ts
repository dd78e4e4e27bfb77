import type { WorkerRow, WorkerStatus } from '../api';
import type { Shape } from './shape';
import { dateShort, t, today, type Key } from '../i18n/index.svelte';

export type { Shape } from './shape';

const shapes: Record<WorkerStatus, Shape> = {
  protected: 'protected', paid: 'pending', waiting: 'pending', grace: 'grace', ended: 'lapsed',
  review: 'pending', withdrawn: 'lapsed', merged: 'pending', rejected: 'lapsed'
};

export const shapeOf = (status: string): Shape => shapes[status as WorkerStatus] ?? 'pending';

/** A day in few letters that never part; the year stands when it is not this one. */
function day(iso: string): string {
  const year = iso.slice(0, 4);
  return (dateShort(iso) + (year === today().slice(0, 4) ? '' : ' ' + year)).replaceAll(' ', '\u00a0');
}

/** The status in few words, with its date where it has one. */
export function statusWords(row: Pick<WorkerRow, 'status' | 'covered_until'>): string {
  if (row.status === 'protected' && row.covered_until) return t('list.protected_until', { date: day(row.covered_until) });
  return t(`list.status.${row.status}` as Key);
}
