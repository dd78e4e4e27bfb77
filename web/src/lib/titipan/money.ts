/** The wire types of an agent's own cash, of who lapses next, and the routes that the phone calls for them. */
import { query } from '../api';
import { call, get, post } from '../api/client';
import type { IfPaid } from './api';
import type { From } from './limit';

const id = encodeURIComponent;

export type ReceiptState = 'open' | 'in_deposit' | 'deposited' | 'confirmed' | 'disputed';

export interface CashReceipt {
  receipt_id: string;
  /** The last three letters. */
  code_end: string;
  counter: number;
  amount: number;
  months: number;
  months_from?: string;
  months_to?: string;
  worker_id?: string;
  worker_name: string;
  taken_at: string;
  received_at: string;
  /** Days since it was taken: 0 is today. */
  day: number;
  state: ReceiptState;
  paid_from: From;
  deposit_id?: string;
  deposited_on?: string;
  case_no?: string;
}

export interface Deposit {
  deposit_id: string;
  kind: 'receipts' | 'float';
  code: string;
  amount: number;
  receipts: number;
  made_at: string;
  state: 'waiting' | 'settled' | 'cancelled';
  paid?: number;
  paid_on?: string;
}

export interface MyCash {
  open: number;
  float: number;
  limit: number;
  left: number;
  days: number;
  may_take: boolean;
  why?: string;
  why_text?: string;
  receipts: CashReceipt[] | null;
  deposits: Deposit[] | null;
  server_time: string;
}

export interface Reminder { state: 'waiting' | 'under_way' | 'sent' | 'unknown' | 'refused' | 'by_hand' | 'called_off'; at: string; sentence?: string }

export interface Lapse {
  worker_id: string;
  name: string;
  occupation: string;
  place_name?: string;
  village_name?: string;
  lot?: string;
  until: string;
  /** Below zero: it ended so many days ago. */
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

export interface LapsePage { ends_on?: string; items: Lapse[]; next_cursor?: string; counts: { soon: number; grace: number }; gateway: boolean }
export interface Reminded extends Lapse { text?: string; if_paid?: IfPaid[] }
export interface RescueMade { given_name: string; payer_name: string; amount: number; code?: string; first_month: string; last_month: string; months: number; address: string }
/** Numbers of months that are offered. */
export const TILES = [1, 3, 6, 12] as const;
export type PayerKind = 'relative' | 'group' | 'sponsor';

export const money = {
  cash: () => get<MyCash>('/me/cash', { timeout: 20_000 }),
  deposit: (receipts: string[] | undefined, key: string) => post<Deposit>('/me/cash/deposits', receipts ? { receipts } : {}, { key, timeout: 20_000 }),
  float: (amount: number, key: string) => post<Deposit>('/me/cash/float', { amount }, { key, timeout: 20_000 }),
  cancel: (deposit: string) => call<void>('DELETE', `/me/cash/deposits/${id(deposit)}`),
  lapses: (state: 'soon' | 'grace', cursor?: string) => get<LapsePage>('/lapses' + query({ within: state === 'soon' ? 40 : undefined, state, cursor })),
  remind: (worker: string, key: string) => post<Reminded>(`/workers/${id(worker)}/reminder`, {}, { key }),
  rescue: (worker: string, body: { months: number; payer: { kind: PayerKind; name: string } }, key: string) => post<RescueMade>(`/workers/${id(worker)}/rescue`, body, { key })
};
