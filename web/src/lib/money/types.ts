/** The wire types of money: contributions, ledger, who lapses, who is kept. Money is whole rupiah. */
import type { Payment, Quote, WorkerStatus } from '../api';

export type Channel = 'bank' | 'qris' | 'counter';
export interface IfPaid { on: string; sentence: string }

/** What a payment on a day would do; "new" is a new registration, and waits begin anew. */
export interface OutlookItem { on: string; kind: 'covered' | 'gap' | 'new'; sentence: string; from?: string; until?: string; gap_from?: string; gap_until?: string }
export interface Outlook { months: number; items: OutlookItem[] }

/** Months that are asked for and paid together. */
export interface Contribution {
  contribution_id: string;
  first_month: string;
  last_month: string;
  total: number;
  /** The part that is there already. */
  credit?: number;
  payment: Payment;
  confirmed: boolean;
}
export interface Asked extends Contribution { quote?: Quote }

/** One thing that happened to a worker's money. */
export interface LedgerEntry {
  entry_id: string;
  kind: string;
  text: string;
  /** When the money moved; `at` is when it was written. */
  day: string;
  at: string;
  actor_name: string;
  /** That came in; negative when it went out. */
  amount: number;
  first_month?: string;
  last_month?: string;
  credit: number;
  reference?: string;
  contribution_id?: string;
  reversed?: boolean;
}

export interface WorkerLedger {
  /** With the fund, without a month yet. */
  credit: number;
  /** With an agent, not with the fund. */
  in_hands: number;
  /** With the fund, for months. */
  paid: number;
  entries: LedgerEntry[];
  contributions: Contribution[];
}

/** A bill under a code that is no worker's: an agent's deposit, a group's, a sponsor's list. */
export interface CodeBill { kind: 'deposit' | 'group' | 'roster' | 'self' | 'employer'; owner_id: string; bill_id: string; name: string; amount: number; state: 'waiting' | 'paid' | 'closed' }

export interface Settlement { amount: number; channel: Channel; reference: string; paid_on: string; as_received?: boolean }

export interface Reminder {
  state: 'waiting' | 'under_way' | 'sent' | 'unknown' | 'refused' | 'by_hand' | 'called_off';
  kind: string;
  at: string;
  channel?: string;
  progress?: string;
  sentence?: string;
  until?: string;
}

/** Somebody whose cover ends soon, or has ended and can be made up. */
export interface Lapse {
  worker_id: string;
  name: string;
  occupation: string;
  village_name?: string;
  place_name?: string;
  lot?: string;
  status: WorkerStatus;
  until: string;
  days: number;
  grace_until: string;
  months: number;
  amount?: number;
  code?: string;
  phone: boolean;
  stopped?: boolean;
  reminded_on?: string;
  reminder?: Reminder;
  sentence: string;
  consequence: string;
}
export interface Lapses { ends_on?: string; items: Lapse[]; next_cursor?: string; counts: { soon: number; grace: number }; gateway: boolean }
export interface Reminded extends Lapse { text?: string; if_paid?: IfPaid[] }

export type PayerKind = 'relative' | 'group' | 'sponsor';
export interface Rescue {
  given_name: string;
  payer_kind: PayerKind;
  payer_name: string;
  state: 'waiting' | 'paid' | 'closed';
  first_month: string;
  last_month: string;
  months: number;
  amount: number;
  code?: string;
  if_paid?: IfPaid[];
  token: string;
  address: string;
}

/** Of those who joined in a month, how many are protected 1, 3, 6 and 12 months later. */
export interface Cohort { month: string; joined: number; kept: Record<string, number> }
export interface Rank { place: number; agent_id: string; name: string; registered: number; kept: number; protected: number; own?: boolean }
export interface Ranking { by: 'kept' | 'registered'; from: string; to: string; items: Rank[] }
