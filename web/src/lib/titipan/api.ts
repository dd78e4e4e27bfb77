/** What everybody may ask about money without a log-in. */
import { get, post } from '../api/client';

const id = encodeURIComponent;

export interface IfPaid { on: string; sentence: string }

/** What somebody is asked to pay for somebody else: of the worker nothing but the given name. */
export interface Rescue {
  given_name: string;
  payer_kind: 'relative' | 'group' | 'sponsor';
  payer_name: string;
  state: 'waiting' | 'paid' | 'closed';
  first_month: string;
  last_month: string;
  months: number;
  amount: number;
  code?: string;
  until?: string;
  office: string;
  fund: string;
  if_paid?: IfPaid[];
}

/** What a code pays. */
export interface Pay {
  amount: number;
  name: string;
  months?: number;
  due_day?: string;
  state: 'waiting' | 'paid' | 'closed';
  /** An agent may take it. */
  cash?: boolean;
  banks?: { name: string; va: boolean; qr: boolean }[];
}

export type StepKey = 'received' | 'deposited' | 'covered' | 'confirmed';

export interface MadeVa { bank: string; number: string; amount: number; expires_at: string }
export interface MadeQr { content: string; svg: string; amount: number; expires_at: string }

/** How a receipt stands; without a name. */
export interface Check {
  state: StepKey | 'disputed';
  amount: number;
  months: number;
  received_on: string;
  day: number;
  agent: string;
  agent_number?: string;
  deposited_on?: string;
  covered_from?: string;
  covered_until?: string;
  confirmed_on?: string;
  branch_told_on?: string;
  case_no?: string;
  office_name: string;
  office_phone?: string;
  steps: { key: StepKey; on?: string }[];
}

export interface Question { code: string; birth_date: string }

export const pub = {
  rescue: (token: string) => get<Rescue>(`/public/rescues/${id(token)}`),
  pay: (code: string) => get<Pay>(`/public/pays/${id(code)}`),
  va: (code: string, bank: string, key: string) => post<MadeVa>(`/payment-codes/${id(code)}/va`, { bank }, { key, timeout: 20_000 }),
  qr: (code: string, bank: string, key: string) => post<MadeQr>(`/payment-codes/${id(code)}/qr`, { bank }, { key, timeout: 20_000 }),
  check: (question: Question) => post<Check>('/public/receipts/check', question, { timeout: 20_000 }),
  dispute: (body: Question & { what: string; phone?: string }, key: string) => post<{ case_no: string }>('/public/receipts/dispute', body, { key, timeout: 20_000 })
};
