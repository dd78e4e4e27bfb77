/** What a certificate's state and days mean to those who look after agents. Pure. */
import type { Shape } from '../ui/shape';
import type { Certificate, CertificateState, Power } from './types';

const shapes: Record<CertificateState, Shape> = { valid: 'protected', suspended: 'grace', revoked: 'lapsed', expired: 'lapsed', not_begun: 'pending', none: 'pending' };

export const shapeOfCertificate = (state: string | undefined): Shape => shapes[(state || 'none') as CertificateState] ?? 'pending';

export const POWERS: Power[] = ['register', 'cash'];

const DAY = 86_400_000;
/** Whole days from one day to another; below zero when it is past. */
export const daysTo = (today: string, day: string): number => Math.round((Date.parse(day + 'T00:00:00Z') - Date.parse(today + 'T00:00:00Z')) / DAY);

/** Certificates that end within this many days stand among the tasks. */
export const SOON = 30;
export const endsSoon = (c: Pick<Certificate, 'state' | 'until'> | undefined, today: string): boolean => {
  const left = c?.state === 'valid' ? daysTo(today, c.until) : -1;
  return left >= 0 && left <= SOON;
};

/** The day a year later, less one: a certificate's usual end. 29 February ends on the 27th or 28th as the calendar has it. */
export function yearAfter(day: string): string {
  const at = new Date(day + 'T00:00:00Z');
  at.setUTCFullYear(at.getUTCFullYear() + 1);
  return new Date(at.getTime() - DAY).toISOString().slice(0, 10);
}
