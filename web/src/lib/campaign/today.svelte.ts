import { agents, applications } from '../agent/api';
import type { AgentRow } from '../agent/types';
import { dayOf, today } from '../i18n/index.svelte';
import { may } from '../session.svelte';
import { campaigns } from './api';
import { tasksOf, type Known, type Task } from './today';
import type { CampaignRow } from './types';

/** Pages of agents that are read for the day's tasks at most. */
const PAGES = 5;

/** The day of the office: the sweeps that run, and what asks for somebody. */
export class Today {
  running = $state.raw<CampaignRow[]>([]);
  tasks = $state.raw<Task[]>([]);

  /** Asks for it; what cannot be had is left out, the numbers of the page do not wait for it. */
  async load(): Promise<void> {
    if (!may('agent.find')) return;
    const none = { items: [], counts: {} };
    const [sweeps, applied, people] = await Promise.all([
      campaigns.find({ kind: 'sweep' }).then((a) => a.items, () => []),
      may('application.decide') ? applications.find({ state: 'received' }).catch(() => none) : none,
      everybody().catch(() => [])
    ]);
    this.running = sweeps.filter((s) => s.state === 'open' || s.state === 'paused');
    const known: Known = { sweeps, waiting: may('campaign.evaluate') ? await waitingOf(sweeps) : {}, counts: applied.counts ?? {}, agents: people };
    this.tasks = tasksOf(known, today(), dayOf);
  }
}

async function everybody(): Promise<AgentRow[]> {
  const found: AgentRow[] = [];
  for (let cursor: string | undefined, n = 0; n < PAGES; n++) {
    const page = await agents.find({ cursor });
    found.push(...page.items);
    if (!(cursor = page.next_cursor)) break;
  }
  return found;
}

async function waitingOf(sweeps: readonly CampaignRow[]): Promise<Record<string, number>> {
  const closed = sweeps.filter((s) => s.state === 'closed');
  const counts = await Promise.all(closed.map((s) => campaigns.board(s.campaign_id).then((b) => b.evaluation, () => 0)));
  return Object.fromEntries(closed.map((s, n) => [s.campaign_id, counts[n]!]));
}
