import { query, type Worker } from '../api';
import { call, get, post } from '../api/client';
import type { Asked, CodeBill, Cohort, IfPaid, Lapses, Outlook, PayerKind, Ranking, Reminded, Reminder, Rescue, Settlement, WorkerLedger } from './types';

const id = encodeURIComponent;
export type Listed<T> = { items: T[]; next_cursor?: string };
export type { IfPaid };

/** A worker's money. */
export const purse = {
  ledger: (worker: string) => get<WorkerLedger>(`/workers/${id(worker)}/ledger`),
  outlook: (worker: string, values: { on?: string; months?: number; first_month?: string } = {}) => get<Outlook>(`/workers/${id(worker)}/outlook` + query(values)),
  ask: (worker: string, months: number, first_month: string | undefined, key: string) =>
    post<Asked>(`/workers/${id(worker)}/contributions`, first_month ? { months, first_month } : { months }, { key }),
  settle: (worker: string, body: Settlement, key: string) => call<Worker>('POST', `/workers/${id(worker)}/payments`, { body, key }),
  refund: (worker: string, body: { amount: number; channel: string; reference: string; reason: string }, key: string) => post<WorkerLedger>(`/workers/${id(worker)}/refund`, body, { key }),
  reverse: (worker: string, contribution: string, reason: string, key: string) =>
    post<Worker>(`/workers/${id(worker)}/contributions/${id(contribution)}/reversal`, { reason }, { key })
};

/** The bill that a code stands for when it is no worker's. */
export const billOf = (code: string) => get<CodeBill>(`/payment-codes/${id(code)}`);
export const settleBill = (code: string, body: { amount: number; channel: string; reference: string; paid_on: string }, key: string) =>
  post<CodeBill>(`/payment-codes/${id(code)}/settlement`, body, { key, timeout: 30_000 });

/** Who lapses next, and who helps. */
export const keep = {
  lapses: (values: { within?: number; state?: 'soon' | 'grace'; cursor?: string } = {}) => get<Lapses>('/lapses' + query(values)),
  remind: (worker: string) => post<Reminded>(`/workers/${id(worker)}/reminder`, {}),
  reminders: (worker: string) => get<{ items: Reminder[] }>(`/workers/${id(worker)}/reminders`),
  messages: (worker: string, stop: boolean) => post<{ stopped: boolean }>(`/workers/${id(worker)}/messages`, { stop }),
  rescue: (worker: string, months: number, payer: { kind: PayerKind; name: string }, key: string) => post<Rescue>(`/workers/${id(worker)}/rescue`, { months, payer }, { key }),
  cohorts: (values: { office?: string; campaign?: string } = {}) => get<{ items: Cohort[] }>('/cohorts' + query(values)),
  ranking: (by: 'kept' | 'registered', months?: number) => get<Ranking>('/rankings' + query({ by, months }))
};
