import type { AuditItem } from '../api';

/** The questions that an auditor asks, each with the kinds of event that answer it. */
export const FILTERS = {
  nik: ['worker.nik_revealed'],
  change: ['worker.corrected', 'worker.merged', 'consent.withdrawn'],
  decision: ['worker.accepted', 'worker.turned_down', 'agreement.approved', 'roster.approved', 'departure.approved', 'village.stepped', 'village.corrected', 'village.criteria_set'],
  money: ['contribution.settled', 'contribution.renewed', 'contribution.credited', 'contribution.reversed', 'credit.refunded', 'money.suspended', 'money.assigned', 'money.refunded',
    'roster.enrolled', 'roster.withdrawn', 'employer.billed', 'employer.settled', 'employer.bill_cancelled', 'self.settled'],
  entry: ['account.logged_in', 'account.log_in_refused'],
  account: ['account.added', 'account.disabled', 'account.password_changed', 'device.enrolled', 'device.revoked', 'office.added', 'office.renamed', 'office.phone_set', 'office.areas_set', 'office.closed']
} as const;
export type Filter = keyof typeof FILTERS;

export const passes = (item: Pick<AuditItem, 'kind'>, filter: Filter | undefined): boolean => !filter || (FILTERS[filter] as readonly string[]).includes(item.kind);

/** The worker whom an event is about; undefined when it is about an account or a phone. */
export const workerOf = (item: AuditItem): string | undefined => (/^(worker|consent|contribution|credit)\./.test(item.kind) ? item.subject : undefined);

/** Items by the day on which they happened, in the order in which they came. */
export function byDay(items: readonly AuditItem[], dayOf: (at: string) => string): { day: string; items: AuditItem[] }[] {
  const days: { day: string; items: AuditItem[] }[] = [];
  for (const item of items) {
    const day = dayOf(item.at);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}
