/** Cash in agents' hands, deposits, and what the branch must look at: wire types and routes. Money is whole rupiah. */
import { query } from '../api';
import { get, post } from '../api/client';
import type { Shape } from '../ui/shape';
import type { Listed } from './api';

export interface OfAge { day: number; amount: number }

/** An agent's cash as the branch sees it; day is its age, 0 on the day it was taken. */
export interface AgentCash {
  agent_id: string;
  name: string;
  office_id: string;
  office_name: string;
  open: number;
  receipts: number;
  float: number;
  oldest_day?: string;
  day: number;
  over_limit: boolean;
  blocked: boolean;
  blocked_why?: string;
  cases: number;
  by_age: OfAge[];
}
export interface Cash { limit: number; days: number; total: { open: number; float: number; receipts: number }; items: AgentCash[] }

export type ReceiptState = 'open' | 'in_deposit' | 'deposited' | 'confirmed' | 'disputed';
export interface CashReceipt {
  receipt_id: string;
  /** Of the code nobody but the worker sees more. */
  code_end: string;
  counter: number;
  amount: number;
  months: number;
  months_from?: string;
  months_to?: string;
  worker_id?: string;
  worker_name?: string;
  taken_at: string;
  day: number;
  state: ReceiptState;
  paid_from: 'cash' | 'float';
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
  reference?: string;
  channel?: string;
}

export interface Case {
  case_id: string;
  case_no: string;
  kind: string;
  agent_id?: string;
  agent_name?: string;
  office_id: string;
  office_name: string;
  receipt_id?: string;
  worker_id?: string;
  amount?: number;
  said?: string;
  phone?: string;
  opened_at: string;
  state: 'open' | 'decided';
  decision?: 'founded' | 'unfounded' | 'mended';
  reason?: string;
  decided_by?: string;
  decided_at?: string;
}

const id = encodeURIComponent;
export const cash = {
  find: (office?: string) => get<Cash>('/cash' + query({ office })),
  receipts: (agent: string, values: { state?: string; cursor?: string } = {}) => get<Listed<CashReceipt> & { deposits?: Deposit[] }>(`/cash/${id(agent)}/receipts` + query(values)),
  settle: (deposit: string, body: { amount: number; channel: 'counter' | 'bank'; reference: string; paid_on: string }, key: string) => post<Deposit>(`/cash/deposits/${id(deposit)}/settlement`, body, { key }),
  block: (agent: string, block: boolean, reason: string, key: string) => post<unknown>(`/cash/${id(agent)}/${block ? 'block' : 'unblock'}`, { reason }, { key }),
  /** The paper of a receipt, for PdfButton. */
  paper: (receipt: string) => `/receipts/${id(receipt)}/document`
};
export const cases = {
  find: (state: 'open' | 'decided', cursor?: string) => get<Listed<Case> & { counts: { open: number } }>('/cases' + query({ state, cursor })),
  decide: (c: string, decision: NonNullable<Case['decision']>, reason: string, key: string) => post<Case>(`/cases/${id(c)}/decision`, { decision, reason }, { key })
};

/** The day from which the branch is asked to look. */
export const BRANCH_DAY = 3;

/** How cash of an age stands: fresh, to be deposited, overdue at the branch. */
export const ageShape = (day: number, days: number): Shape => (day >= BRANCH_DAY ? 'lapsed' : day >= days ? 'grace' : 'pending');

/** The cash of all agents by age, the oldest first. */
export function ages(items: readonly AgentCash[]): OfAge[] {
  const sums = new Map<number, number>();
  for (const a of items) for (const one of a.by_age) sums.set(one.day, (sums.get(one.day) ?? 0) + one.amount);
  return [...sums].map(([day, amount]) => ({ day, amount })).sort((a, b) => b.day - a.day);
}

/** How much of the cash should have been deposited. */
export const overdue = (list: readonly OfAge[], days: number): number => list.filter((one) => one.day >= days).reduce((sum, one) => sum + one.amount, 0);

/** Three bands for a bar: today's, to be deposited, overdue. */
export function bands(list: readonly OfAge[], days: number): { shape: Shape; amount: number }[] {
  const all = { lapsed: 0, grace: 0, pending: 0, protected: 0 };
  for (const one of list) all[ageShape(one.day, days)] += one.amount;
  return (['lapsed', 'grace', 'pending'] as const).map((shape) => ({ shape, amount: all[shape] }));
}

export const receiptShape: Record<ReceiptState, Shape> = { open: 'grace', in_deposit: 'pending', deposited: 'pending', confirmed: 'protected', disputed: 'lapsed' };
