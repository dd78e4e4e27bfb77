/** The desk: money that pays nothing yet, banks' statements beside the book, and the close of a day. Money is whole rupiah. */
import { query } from '../api';
import { get, post } from '../api/client';
import type { Listed } from './api';

export interface Suspense {
  suspense_id: string;
  office_id: string;
  office_name: string;
  code: string;
  channel: string;
  bank?: string;
  reference: string;
  amount: number;
  paid_on: string;
  why: string;
  why_text: string;
  at: string;
  state: 'open' | 'assigned' | 'refunded';
  worker_id?: string;
  worker_name?: string;
}

export interface StatementRow {
  statement_id: string;
  office_name?: string;
  channel: string;
  bank?: string;
  from: string;
  to: string;
  rows: number;
  sum: number;
  made_at?: string;
}
export interface BankLine { row: number; day: string; reference?: string; amount: number; text?: string }
export interface BookLine { day: string; reference?: string; amount: number; worker_id?: string; worker_name?: string; entry_id?: string }
export interface Statement extends StatementRow {
  matched: { n: number; sum: number };
  only_bank: BankLine[];
  only_book: BookLine[];
  differs: { row: number; reference: string; bank: number; book: number }[];
}

export interface ChannelDay { channel: string; n: number; amount: number; reversed: number; refunded?: number; suspense: number }
export interface OpenPoint { key?: string; text?: string; n?: number; amount?: number }
export interface Day {
  day: string;
  office_id: string;
  office_name?: string;
  channels: ChannelDay[];
  cash: { taken: number; deposited: number; open: number };
  float: number;
  adjustments: number;
  fund: number;
  /** To sponsors and employers, penalties of those who paid late, and what is not the fund's for anybody's month yet. */
  billed?: number;
  penalties?: number;
  waits?: number;
  entries?: number;
  sums_zero: boolean;
  open: (OpenPoint | string)[];
  closed?: { at: string; by: string; hash: string; sound?: boolean };
  after?: { kind?: string; text?: string; at: string; amount?: number; actor_name?: string }[];
}

const id = encodeURIComponent;
export const suspense = {
  find: (cursor?: string) => get<Listed<Suspense>>('/suspense' + query({ cursor })),
  assign: (s: string, to: { worker_id: string } | { bill_code: string }, key: string) => post<Suspense>(`/suspense/${id(s)}/assignment`, to, { key }),
  refund: (s: string, reference: string, reason: string, key: string) => post<Suspense>(`/suspense/${id(s)}/refund`, { reference, reason }, { key })
};
export const statements = {
  find: (cursor?: string) => get<Listed<StatementRow>>('/statements' + query({ cursor })),
  get: (s: string) => get<Statement>(`/statements/${id(s)}`),
  add: (body: { channel: string; bank: string; from?: string; to?: string; csv: string }, key: string) => post<Statement>('/statements', body, { key, timeout: 30_000 })
};
export const days = {
  get: (day: string, office?: string) => get<Day>(`/days/${id(day)}/close` + query({ office })),
  close: (day: string, office_id: string, key: string) => post<Day>(`/days/${id(day)}/close`, { office_id }, { key })
};

/** The day before or after, `2026-11-20`. */
export const dayAway = (day: string, n: number): string => new Date(Date.parse(day + 'T00:00:00Z') + n * 86_400_000).toISOString().slice(0, 10);

/** What came through all channels, with what went back. */
export function totalOf(channels: readonly ChannelDay[]): ChannelDay {
  const sum = (pick: (c: ChannelDay) => number) => channels.reduce((all, c) => all + pick(c), 0);
  return { channel: '', n: sum((c) => c.n), amount: sum((c) => c.amount), reversed: sum((c) => c.reversed), refunded: sum((c) => c.refunded ?? 0), suspense: sum((c) => c.suspense) };
}

/** Whether all of a statement is in the book and the other way round. */
export const clean = (s: Statement): boolean => !s.only_bank.length && !s.only_book.length && !s.differs.length;
