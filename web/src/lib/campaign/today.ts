/** What a day asks of the office about sweeps and agents. Pure. */
import { endsSoon, SOON } from '../agent/certificate';
import type { AgentRow, ApplicationState } from '../agent/types';
import type { CampaignRow } from './types';

export type TodayKind = 'sweep_today' | 'sweep_judge' | 'applications' | 'certificates' | 'kit_out';

export interface Task { kind: TodayKind; key: string; n: number; href: string; args: Record<string, string | number> }

export interface Known {
  sweeps: readonly CampaignRow[];
  /** campaign → how many wait for the evaluation. */
  waiting: Readonly<Record<string, number>>;
  counts: Partial<Record<ApplicationState, number>>;
  agents: readonly AgentRow[];
}

/** A day some days later, `2026-12-21`. */
export const dayLater = (day: string, days: number): string => new Date(Date.parse(day + 'T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10);

/** The tasks of a day in the order of their haste; nothing that is zero. */
export function tasksOf(known: Known, today: string, dayOf: (moment: string) => string): Task[] {
  const tasks: Task[] = [];
  const add = (kind: TodayKind, n: number, href: string, args: Task['args'] = {}, key: string = kind) => n > 0 && tasks.push({ kind, key, n, href, args: { n, ...args } });
  for (const s of known.sweeps) {
    if (s.state === 'planned' && dayOf(s.opens_at) === today) add('sweep_today', 1, `/campaigns/${s.campaign_id}`, { name: s.name, members: s.members, at: s.opens_at }, 'sweep_today:' + s.campaign_id);
    if (s.state === 'closed') add('sweep_judge', known.waiting[s.campaign_id] ?? 0, `/campaigns/${s.campaign_id}?t=result`, { name: s.name, at: s.seals_at }, 'sweep_judge:' + s.campaign_id);
  }
  const [fresh, seen] = [known.counts.received ?? 0, known.counts.presented ?? 0];
  add('applications', fresh + seen, '/applications', { fresh, seen });
  add('certificates', known.agents.filter((a) => endsSoon(a.certificate, today)).length, '/agents', { until: dayLater(today, SOON) });
  add('kit_out', known.agents.filter((a) => a.kit > 0 && ['expired', 'revoked'].includes(a.certificate?.state ?? 'expired')).length, '/kit?state=handed_out');
  return tasks;
}
