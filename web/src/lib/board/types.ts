/** The wire type of a sweep's board: what the hall, the office and the result show alike. */
export type CampaignState = 'planned' | 'open' | 'paused' | 'closed' | 'sealed' | 'cancelled';

export interface BoardAgent {
  rank: number;
  account_id: string;
  /** Given name and initial, made by the server. */
  name: string;
  office: string;
  team?: string;
  registered: number;
  protected: number;
  paid: number;
  reached_at?: string;
}

export interface BoardLane {
  lane_id: string;
  name: string;
  trade: string;
  total: number;
  done: number;
  registered: number;
  x: number;
  y: number;
  w: number;
  h: number;
}

export type LotCount = 'registered' | 'member' | 'back' | 'closed' | 'refused' | 'visited' | 'unvisited';

export interface Board {
  campaign: {
    campaign_id: string;
    name: string;
    kind: string;
    place_name?: string;
    office_name: string;
    state: CampaignState;
    opens_at: string;
    closes_at: string;
    seals_at: string;
    began_at?: string;
    ended_at?: string;
    agents: number;
    rewards: number;
    /** The zone of the office; a projector has no session that tells it. */
    zone?: string;
  };
  as_of: string;
  registered: number;
  new: number;
  rejoined: number;
  paid: number;
  protected: number;
  /** How many wait for the evaluation. */
  evaluation: number;
  repeated: number;
  agents: BoardAgent[];
  teams: { name: string; registered: number; protected: number; paid: number }[];
  offices: { name: string; registered: number; protected: number }[];
  lots: Record<LotCount, number> & { total: number };
  lanes: BoardLane[];
  curve: { at: string; n: number }[];
  last: { at: string; occupation: string; lot?: string; lane?: string; agent: string }[];
}
