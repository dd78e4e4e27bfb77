export type Colour = 'building' | 'green' | 'amber' | 'red';
export const STEPS = ['proposed', 'agreed', 'officials', 'socialised', 'launched', 'kept'] as const;
export type StepName = (typeof STEPS)[number];

export interface VillageRow {
  village_id: string;
  kind: 'village' | 'market';
  name: string;
  area: string;
  district: { code: string; name: string };
  regency: { code: string; name: string };
  office_name: string;
  step: StepName;
  colour: Colour;
  protected: number;
  potential: number;
  need: number;
  officials: number;
  officials_protected: number;
  judged_on?: string;
}

export interface Region { code: string; name: string; villages: number; aware: number; steps: Partial<Record<StepName, number>>; colours: Partial<Record<Colour, number>> }
export interface Step { step: StepName; day: string; reference?: string; note?: string; back?: boolean; reason?: string; by?: string; at?: string }
export interface Month { month: string; colour: Colour; protected: number; fewer?: boolean; need: number; counted?: boolean }
export interface Potential { people: number; source: string; on: string }
export interface Criteria { officials_percent: number; dialogues: number; coverage_percent: number; months: number; warn_points: number; warn_months: number }
export interface Forecast { pace: number; loss?: string; loss_from?: string; loss_to?: string; at: string; expected: number; low: number; high: number }
export interface Dialogue { campaign_id: string; name: string; state: string; opens_at: string; came: number; questions: number; held: boolean }
export interface Official { worker_id: string; name: string; position: string; standing: string }
export interface Reason { key: string; message: string }

export interface Village extends VillageRow {
  version: number;
  potential_of: Potential;
  criteria: Criteria;
  criteria_are_default: boolean;
  steps: Step[];
  history: Step[];
  next?: StepName;
  missing?: string;
  reasons: Reason[];
  held: number;
  months: Month[];
  forecast?: Forecast;
  officials_registered: number;
  employer_id?: string;
  people: Official[];
  dialogues: Dialogue[];
  path: string;
  may_manage: boolean;
}

export interface PublicVillage {
  kind: 'village' | 'market';
  name: string;
  district: string;
  regency: string;
  office_name: string;
  step: StepName;
  colour: Colour;
  reasons: Reason[];
  protected: number;
  fewer: boolean;
  potential: Potential;
  need: number;
  officials: 'all' | 'some' | 'none' | 'unknown';
  dialogues: number;
  steps: Step[];
  months: Month[];
  held: number;
  criteria: Criteria;
  today: string;
  small_count: number;
}
