/** The wire types of /api/v1, as far as the screens use them. Money is whole rupiah. */
export type Role = 'admin' | 'branch_head' | 'officer' | 'agent' | 'auditor';
export type Program = 'JKK' | 'JKM' | 'JHT' | 'JP' | 'JKP';
export type Sex = 'M' | 'F';
export type WorkerStatus =
  | 'protected' | 'paid' | 'waiting' | 'grace' | 'ended' | 'review' | 'withdrawn' | 'merged' | 'rejected';
export type Verdict = 'reject' | 'hold' | 'warn' | 'pass';

export interface Finding {
  pointer?: string;
  code: string;
  verdict?: Verdict;
  args?: Record<string, unknown>;
  detail?: string;
}

export interface Session {
  account: { account_id: string; name: string; role: Role };
  office: { office_id: string; name: string; kind: string; zone: string };
  may: string[];
  demo: boolean;
  fund_name: string;
  notice_version: string;
  today: string;
  expires_at: string;
}

export interface About {
  fund_name: string;
  demo: boolean;
  operator?: string;
  version: string;
  today: string;
}

export interface QuoteLine {
  program: Program;
  amount: number;
  full: number;
  rule?: string;
  article?: string;
  source?: string;
  adjustment?: string;
}

export interface QuoteStep {
  key: string;
  /** The months in which the step holds. */
  months?: string[];
  program?: Program;
  label: string;
  detail?: string;
  amount?: number;
  article?: string;
  source?: string;
  mark?: string;
}

export interface Quote {
  quote_id?: string;
  version: string;
  first_month: string;
  last_month: string;
  covered_until: string;
  total: number;
  months: { month: string; total: number; full: number; lines: QuoteLine[] }[];
  steps: QuoteStep[];
  due_date?: string;
  /** Worked out on this phone; the office works it out again. */
  offline?: boolean;
}

/** One thing that may happen and what it would pay; `no_limit` has no sum, `at_most` is a cap. */
export interface EstimateItem {
  key: string;
  program: Program;
  label: string;
  amount: number;
  no_limit?: boolean;
  at_most?: boolean;
  children?: number;
  parts?: { label: string; amount: number }[];
  steps?: QuoteStep[];
}

/** What a family would get: an estimate, never a decision. */
export interface Estimate {
  version: string;
  on: string;
  items: EstimateItem[];
  /** In the order of the law. */
  heirs: string[];
  disclaimer: string;
}

export interface BenefitRequest {
  programs: Program[];
  income?: number;
  months_covered: number;
  months_paid?: number;
  children?: number;
}

export interface QuoteRequest {
  segment?: 'BPU';
  income?: number;
  lowest_band?: boolean;
  programs: Program[];
  sector?: Sector;
  funding?: string;
  months: number;
  /** Default: this month. */
  first_month?: string;
}

export type Sector = 'transport' | 'other';

export interface Membership {
  membership_id: string;
  segment: string;
  programs: Program[];
  income?: number;
  lowest_band?: boolean;
  sector?: Sector;
  funding?: string;
  first_month: string;
  months: number;
  last_month: string;
  state: 'registered' | 'paid' | 'confirmed' | 'review' | 'withdrawn' | 'ended' | 'rejected';
  registered_at: string;
  paid_at?: string;
  confirmed_at?: string;
  kpj?: string;
  core_state?: 'queued' | 'sent' | 'acknowledged' | 'rejected';
  core_reason?: string;
}

export interface Payment {
  code: string;
  amount: number;
  due_date?: string;
  state: string;
  paid_on?: string;
  channel?: string;
  reference?: string;
}

export interface Consent {
  notice_version: string;
  channel: ConsentChannel;
  at: string;
  withdrawn_at?: string;
}

export type ConsentChannel = 'signature' | 'voice' | 'tap' | 'whatsapp';

export interface Heir {
  name: string;
  relation: string;
  birth_date?: string;
}

/** What POST /workers takes. */
export interface Registration {
  nik: string;
  name: string;
  birth_date: string;
  sex: Sex;
  occupation: string;
  monthly_income?: number;
  lowest_band?: true;
  programs: Program[];
  months: number;
  consent: Consent;
  mother_name?: string;
  birth_place?: string;
  phone?: string;
  village?: string;
  address?: string;
  sector?: Sector;
  workplace_id?: string;
  heirs?: Heir[];
  confirmed?: string[];
  campaign_id?: string;
  lead_id?: string;
  /** The stall of a sweep where the person stands. */
  lot?: { lane_id: string; number: string };
}

export interface Registered {
  worker_id: string;
  registration_no: string;
  outcome: 'accepted' | 'review';
  membership?: Membership;
  quote?: Quote;
  payment?: Payment;
  warnings?: Finding[];
  reasons?: Finding[];
  candidate?: Candidate;
}

export interface Candidate {
  worker_id: string;
  name: string;
  village_name?: string;
  registered_on?: string;
}

export interface WorkerRow {
  worker_id: string;
  registration_no: string;
  name: string;
  nik_mask: string;
  birth_year?: number;
  sex?: Sex;
  occupation: string;
  village_name?: string;
  district_name?: string;
  status: WorkerStatus;
  covered_until?: string;
  kpj?: string;
  registered_at: string;
  agent_name?: string;
}

export interface MonthState {
  month: string;
  state: 'protected' | 'paid' | 'waiting' | 'none' | 'grace' | 'ended';
}

export interface Worker extends WorkerRow {
  birth_date: string;
  birth_place?: string;
  phone?: string;
  village?: { code: string; name: string; path: AreaName[] };
  address?: string;
  mother_known?: boolean;
  sector?: Sector;
  heirs?: Heir[];
  membership?: Membership;
  quote?: Quote;
  payment?: Payment;
  cover?: {
    status: string;
    since?: string;
    until?: string;
    grace_until?: string;
    /** Full months of cover that have passed, and months of contribution by now; both of this stay. */
    full_months: number;
    months_contributed: number;
    sentence: string;
    if_paid?: { on: string; sentence: string }[];
  };
  months?: MonthState[];
  version?: number;
  check_letters?: string;
  consent?: Consent;
  warnings?: Finding[];
  merged_into?: string;
  office_name?: string;
  may_change?: boolean;
}

export interface WorkerPage {
  items: WorkerRow[];
  next_cursor?: string;
  counts: Record<string, number>;
  total: number;
}

export interface HistoryItem {
  event_id: string;
  kind: string;
  at: string;
  actor_name?: string;
  office_name?: string;
  sentence: string;
  reason?: string;
}

/** Something that somebody did, as the audit shows it. */
export interface AuditItem extends HistoryItem {
  subject?: string;
}

export interface Office {
  office_id: string;
  parent_id?: string;
  name: string;
  kind: string;
  closed_from?: string;
}

export interface Account {
  account_id: string;
  login: string;
  name: string;
  role: Role;
  office_id: string;
  disabled: boolean;
}

/** Where people work: a market, a hall, a centre. */
export interface Place {
  place_id: string;
  name: string;
  kind: string;
  village?: Area;
}

export interface AreaName {
  code: string;
  name: string;
}

export interface Area extends AreaName {
  level: number | string;
  kind?: string;
  path: AreaName[];
  label?: string;
}

export interface Home {
  as_of: string;
  office?: string | { name: string };
  registered: number;
  protected: number;
  paid: number;
  waiting: number;
  grace: number;
  ended: number;
  review_open: number;
  by_month: { month: string; registered: number; protected: number }[];
  recent: WorkerRow[];
  tasks: { kind: 'review' | 'payment' | 'core_rejected' | 'sweep' | 'case' | 'cash'; count: number; href: string; campaigns?: { campaign_id: string; name: string; state: string; registered: number }[] }[];
  /** To an admin: the moment of the newest backup that was restored and verified. */
  backup_tested_at?: string;
}

/** What the live line says; a field that it leaves out stays as it was. */
export interface Tally {
  as_of: string;
  registered: number;
  protected: number;
  paid: number;
  waiting: number;
}

export interface Review {
  review_id: string;
  worker: WorkerRow;
  reasons: Finding[];
  candidate?: WorkerRow;
  opened_at: string;
}

export type * from './phone';
