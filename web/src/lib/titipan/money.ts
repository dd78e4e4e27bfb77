/** The wire types of an agent's own cash, and the routes that the phone calls for it and for who lapses next. */
import { query } from '../api';
import { call, get, post } from '../api/client';
import type { CashReceipt, Deposit } from '../money/cash';
import type { Lapses, PayerKind, Reminded } from '../money/types';

export type { CashReceipt, Deposit, ReceiptState } from '../money/cash';
export type { Lapse, Lapses, PayerKind, Reminded } from '../money/types';

const id = encodeURIComponent;

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

export interface RescueMade { given_name: string; payer_name: string; amount: number; code?: string; first_month: string; last_month: string; months: number; address: string }
export const money = {
  cash: () => get<MyCash>('/me/cash', { timeout: 20_000 }),
  deposit: (receipts: string[] | undefined, key: string) => post<Deposit>('/me/cash/deposits', receipts ? { receipts } : {}, { key, timeout: 20_000 }),
  float: (amount: number, key: string) => post<Deposit>('/me/cash/float', { amount }, { key, timeout: 20_000 }),
  cancel: (deposit: string) => call<void>('DELETE', `/me/cash/deposits/${id(deposit)}`),
  lapses: (state: 'soon' | 'grace', cursor?: string) => get<Lapses>('/lapses' + query({ within: state === 'soon' ? 40 : undefined, state, cursor })),
  remind: (worker: string, key: string) => post<Reminded>(`/workers/${id(worker)}/reminder`, {}, { key }),
  rescue: (worker: string, body: { months: number; payer: { kind: PayerKind; name: string } }, key: string) => post<RescueMade>(`/workers/${id(worker)}/rescue`, body, { key })
};
