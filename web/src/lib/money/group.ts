/** Groups that pay for their members: wire types and routes. Money is whole rupiah. */
import { query, type WorkerStatus } from '../api';
import { call, get, post } from '../api/client';
import type { Listed } from './api';

export type GroupKind = 'association' | 'ojek' | 'other';
export interface GroupRow {
  group_id: string;
  name: string;
  kind: GroupKind;
  office_id: string;
  office_name: string;
  contact_name: string;
  members: number;
  protected: number;
  open_bill?: { bill_id: string; amount: number };
}
export interface Member { worker_id: string; name: string; registration_no: string; standing: WorkerStatus; covered_until?: string; since: string }
export interface Bill {
  bill_id: string;
  code: string;
  amount: number;
  months: number;
  state: 'waiting' | 'settled' | 'cancelled';
  made_at: string;
  lines: { worker_id: string; name: string; from: string; to: string; amount: number; outcome?: 'covered' | 'credited' | 'suspended' }[];
  skipped: { worker_id: string; name: string; why: string; why_text?: string }[];
  paid_on?: string;
  channel?: string;
  reference?: string;
}
export interface Group extends Omit<GroupRow, 'members'> { contact_phone?: string; members: Member[]; bills: Bill[] }
export interface NewGroup { name: string; kind: GroupKind; contact_name: string; contact_phone?: string; office_id?: string }

const id = encodeURIComponent;
const at = (group: string) => `/groups/${id(group)}`;
export const groups = {
  find: (q = '', cursor?: string) => get<Listed<GroupRow>>('/groups' + query({ q, cursor })),
  get: (group: string) => get<Group>(at(group)),
  add: (body: NewGroup, key: string) => post<{ group_id: string }>('/groups', body, { key }),
  join: (group: string, workers: string[], key: string) => post<{ added: number; already: number }>(`${at(group)}/members`, { workers }, { key }),
  leave: (group: string, worker: string) => call<void>('DELETE', `${at(group)}/members/${id(worker)}`),
  bill: (group: string, months: number, key: string) => post<Bill>(`${at(group)}/bills`, { months }, { key, timeout: 30_000 }),
  cancel: (group: string, bill: string) => call<void>('DELETE', `${at(group)}/bills/${id(bill)}`),
  settle: (group: string, bill: string, body: { amount: number; channel: string; reference: string; paid_on: string }, key: string) =>
    post<Bill>(`${at(group)}/bills/${id(bill)}/settlement`, body, { key, timeout: 30_000 }),
  /** The paper of a bill, for PdfButton. */
  paper: (group: string, bill: string) => `${at(group)}/bills/${id(bill)}/document`
};
