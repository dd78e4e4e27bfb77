/** The wire types of sponsors, their agreements and lists. Money is whole rupiah, months are `2026-12`. */
import type { WorkerStatus } from '../api';

export const KINDS = ['apbd', 'province', 'apbdes', 'csr', 'gn_lingkaran', 'sertakan', 'private', 'union', 'association'] as const;
export type SponsorKind = (typeof KINDS)[number];
export const PROGRAMS = ['JKK', 'JKM', 'JHT'] as const;
export type Program = (typeof PROGRAMS)[number];

export interface AgreementHead {
  agreement_id: string;
  kind: SponsorKind;
  number: string;
  decree?: string;
  state: 'draft' | 'approved';
  first_month: string;
  last_month: string;
  months: number;
  programs: Program[];
  funding: string;
  ceiling_amount: number;
  ceiling_people: number;
  /** By lists that are enrolled. */
  used_amount: number;
  used_people: number;
}

export interface Sponsor {
  sponsor_id: string;
  name: string;
  office_id: string;
  office_name: string;
  contact_name: string;
  contact_phone?: string;
  /** The newest first. */
  agreements: AgreementHead[];
  /** Owed on bills that wait, paid so far, and paid for people who could not start. */
  money?: { owed: number; paid: number; credit: number };
}
export interface NewSponsor { name: string; contact_name: string; contact_phone?: string; office_id?: string }

/** What an agreement asks of its people; what is left out asks for nothing. */
export interface Terms {
  area?: string;
  income_ceiling?: number;
  occupations?: string[];
  domicile?: string[];
  max_decile?: number;
  quota?: Record<string, number>;
  quota_each?: number;
}
export interface AgreementBody {
  kind: SponsorKind;
  number: string;
  decree?: string;
  first_month: string;
  months: number;
  programs: Program[];
  ceiling_amount: number;
  ceiling_people: number;
  terms?: Terms;
}

export type RosterState = 'received' | 'judging' | 'judged' | 'unreadable' | 'cancelled' | 'approved' | 'enrolled' | 'paid' | 'started';
export interface RosterHead {
  roster_id: string;
  state: RosterState;
  file_name: string;
  made_at: string;
  people: number;
  amount: number;
  code?: string;
  enrolled_at?: string;
  started_at?: string;
}

export interface Agreement extends AgreementHead {
  sponsor_id: string;
  sponsor_name: string;
  office_name: string;
  version: number;
  terms: Terms;
  made_by: string[];
  approved_by?: string;
  approved_at?: string;
  may_approve: boolean;
  why_not?: string;
  left_amount: number;
  left_people: number;
  rosters: RosterHead[];
}

/** Who pays already for people of a list; without a name they pay themselves. */
export interface Collision { sponsor_id?: string; name?: string; people: number; from?: string; to?: string; months: number; saved: number }

export interface Roster extends RosterHead {
  sponsor_id: string;
  sponsor_name: string;
  agreement_id: string;
  agreement_number: string;
  office_name: string;
  /** One more each time that the file is sent or a row is mended. */
  version: number;
  file_size: number;
  /** Rows so far. */
  judged: number;
  rows: number;
  ok: number;
  warned: number;
  held: number;
  rejected: number;
  /** Of the rejected. */
  mendable: number;
  /** Of the rejected: by whoever mends the list. */
  left_out: number;
  findings: number;
  /** The most frequent first. */
  kinds: FoundKind[];
  /** Codes of findings of the whole file that keep it from being approved. */
  stops: string[];
  /** Of the people: who is not in the book yet. */
  fresh: number;
  collisions: Collision[];
  faults: { code: string; detail: string }[];
  made_by: string[];
  approved_by?: string;
  approved_at?: string;
  may_approve: boolean;
  why_not?: string;
  left_amount: number;
  left_people: number;
  paid_on?: string;
  channel?: string;
  reference?: string;
  covered: number;
  /** For people who could not start: the sponsor's credit. */
  returned: number;
}

export type RowVerdict = 'reject' | 'hold' | 'warn';
export interface FoundKind { code: string; field?: string; verdict: RowVerdict | 'pass'; mendable: boolean; label: string; count: number; takes: number }
export interface RowFinding {
  row: number;
  field?: string;
  verdict: RowVerdict | 'pass';
  code: string;
  message: string;
  suggestion?: string;
  mendable: boolean;
  name?: string;
  /** Masked. */
  nik?: string;
  /** What the suggestion comes to, if it can be taken as it stands. */
  take?: string;
  choices?: string[];
  /** Waits for a second look, or stops the whole file. */
  accept: boolean;
  mended: boolean;
}

/** What is done to a row beside the file: cells, or one of the others. */
export type Cells = Partial<Record<'nik' | 'name' | 'birth_date' | 'sex' | 'village' | 'address' | 'occupation' | 'monthly_income' | 'phone' | 'mother_name' | 'birth_place' | 'decile', string>>;
export type Mending = Cells | { take: string } | { accept: true; reason: string } | { leave_out: true } | { undo: true };
export interface TakeAll { code: string; field?: string; value?: string; rows: number }

export interface RosterPerson {
  worker_id: string;
  registration_no: string;
  name: string;
  standing: WorkerStatus;
  row: number;
  from: string;
  to: string;
  amount: number;
  state: 'waiting' | 'covered' | 'returned';
  why?: string;
}
