/** The wire types of campaigns and of a market's lanes. */
import type { Board, CampaignState } from '../board/types';

export interface CampaignRow {
  campaign_id: string;
  kind: string;
  name: string;
  office_id: string;
  office_name: string;
  place_id?: string;
  place_name?: string;
  area?: string;
  opens_at: string;
  closes_at: string;
  seals_at: string;
  state: CampaignState;
  began_at?: string;
  ended_at?: string;
  members: number;
  registered: number;
  protected: number;
  parent_id?: string;
  organiser_partner?: string;
  regency?: string;
  district?: string;
}

export interface AgendaItem { at?: string; what: string; who?: string }

export interface SweepPlan { programs?: string[]; goal?: number; note?: string; agenda?: AgendaItem[] }

export interface TeamMember { account_id: string; name: string; office_name: string; certificate_state: string }

export interface Team { team_id?: string; name: string; lanes: string[]; members: TeamMember[] }

export interface Kiosk { kiosk_id: string; name: string; until: string; added_at: string }

export interface Campaign extends CampaignRow {
  version: number;
  rewards: number;
  seal_hours: number;
  budget: number;
  plan: SweepPlan;
  teams: Team[];
  pauses: { from: string; to?: string }[];
  kiosks: Kiosk[];
  may_manage: boolean;
  may_judge: boolean;
}

export interface NewCampaign {
  kind: string;
  name: string;
  office_id: string;
  place_id: string;
  opens_at: string;
  closes_at: string;
  seal_hours: number;
  rewards: number;
  plan: SweepPlan;
  parent_id?: string;
  organiser_partner?: string;
  budget?: number;
}

export type CampaignChange = Pick<NewCampaign, 'name' | 'opens_at' | 'closes_at' | 'seal_hours' | 'rewards' | 'plan' | 'organiser_partner' | 'budget'>;

export interface Lane {
  lane_id: string;
  name: string;
  trade: string;
  ord: number;
  x: number;
  y: number;
  w: number;
  h: number;
  lots: { lot_id: string; number: string }[];
}

export interface Lanes { place: { place_id: string; name: string }; lanes: Lane[] }

/** A lane as it is sent: its stalls by number. */
export interface LaneDraft { lane_id?: string; name: string; trade: string; x: number; y: number; w: number; h: number; lots: string[] }

export type EvaluationWhy = 'clock' | 'outside' | 'late';

export interface Evaluation {
  worker_id: string;
  operation_id: string;
  agent: string;
  kind: string;
  occupation: string;
  taken_at: string;
  received_at: string;
  why: EvaluationWhy;
  /** Whether it waits for a decision. */
  waits?: boolean;
  decided?: 'counted' | 'set_aside' | '';
  reason?: string;
}

export interface Result extends Omit<Board, 'evaluation'> {
  winners: { rank: number; account_id: string; name: string; office: string; registered: number; protected: number }[];
  evaluation: Evaluation[];
  balance: { lots: number; outcomes: number; unvisited: number; ok: boolean };
}
