/** Who walks where: teams as they are being put together. Pure. */
import type { Team } from './types';

/** An agent who can be put into a team. */
export interface Walker { account_id: string; name: string; office_name: string; certificate_state: string }

export interface TeamPlan { key: string; team_id?: string; name: string; lanes: string[] }

/** account → key of its team; who is missing here walks in no team. */
export type Placing = Record<string, string>;

export const fits = (w: Walker): boolean => w.certificate_state === 'valid';

/** The teams and their people as they stand now. */
export function placingOf(teams: readonly Team[]): { plans: TeamPlan[]; placing: Placing } {
  const plans = teams.map((team, n) => ({ key: team.team_id ?? `t${n}`, team_id: team.team_id, name: team.name, lanes: [...team.lanes] }));
  const placing: Placing = {};
  teams.forEach((team, n) => team.members.forEach((m) => (placing[m.account_id] = plans[n]!.key)));
  return { plans, placing };
}

/** One team for each office, with all its people whose certificate holds. */
export function byOffice(walkers: readonly Walker[], name: (office: string) => string): { plans: TeamPlan[]; placing: Placing } {
  const placing: Placing = {};
  const plans: TeamPlan[] = [];
  for (const w of walkers.filter(fits)) {
    let plan = plans.find((p) => p.key === 'o:' + w.office_name);
    if (!plan) plans.push((plan = { key: 'o:' + w.office_name, name: name(w.office_name), lanes: [] }));
    placing[w.account_id] = plan.key;
  }
  return { plans, placing };
}

/** Spreads lanes over teams by turns, so that neighbours of the plan go to different teams last. */
export function spreadLanes(plans: readonly TeamPlan[], lanes: readonly { lane_id: string }[]): TeamPlan[] {
  if (!plans.length) return [];
  const each = Math.ceil(lanes.length / plans.length);
  return plans.map((p, n) => ({ ...p, lanes: lanes.slice(n * each, (n + 1) * each).map((l) => l.lane_id) }));
}

/** What goes to the office: teams in their order, each with its members. */
export function draftOf(plans: readonly TeamPlan[], placing: Placing) {
  return plans.map((p) => ({
    ...(p.team_id ? { team_id: p.team_id } : {}), name: p.name.trim(), lanes: p.lanes,
    members: Object.keys(placing).filter((account) => placing[account] === p.key)
  }));
}

export type Gap = 'no_members' | 'certificates' | 'no_lanes' | 'early';

/** What somebody should know before the sweep is opened. */
export function gapsOf(teams: readonly Team[], lots: number, opensAt: string, now: number): { gap: Gap; n: number }[] {
  const members = teams.flatMap((team) => team.members);
  const lame = members.filter((m) => m.certificate_state !== 'valid').length;
  const gaps: { gap: Gap; n: number }[] = [];
  if (!members.length) gaps.push({ gap: 'no_members', n: 0 });
  if (lame) gaps.push({ gap: 'certificates', n: lame });
  if (!lots) gaps.push({ gap: 'no_lanes', n: 0 });
  if (now < Date.parse(opensAt)) gaps.push({ gap: 'early', n: Math.ceil((Date.parse(opensAt) - now) / 60_000) });
  return gaps;
}
