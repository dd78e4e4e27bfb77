/** Employers of wage workers: wire types and routes. Money is whole rupiah. */
import { query, type Registration, type WorkerStatus } from '../api';
import { call, get, post } from '../api/client';
import type { Listed } from '../money/api';

export const KINDS = ['business', 'individual', 'village_government'] as const;
export const SIZES = ['micro', 'small', 'medium', 'large'] as const;
export const SECTORS = ['trade', 'food', 'services', 'hospitality', 'transport', 'agriculture', 'construction', 'textile', 'leather', 'footwear', 'furniture', 'toys', 'government', 'other'] as const;
export const RISKS = [1, 2, 3, 4, 5] as const;
export type EmployerKind = (typeof KINDS)[number];
export type SizeClass = (typeof SIZES)[number];
export type Sector = (typeof SECTORS)[number];

export interface EmployerRow {
  employer_id: string;
  kind: EmployerKind;
  name: string;
  area: string;
  area_name: string;
  sector: Sector;
  risk_class: number;
  size_class: SizeClass;
  office_id: string;
  office_name: string;
  working: number;
  protected: number;
  open_bills?: number;
}
export interface Employee { membership_id: string; worker_id: string; name: string; registration_no: string; standing: WorkerStatus; position?: string; wage: number; from: string; to?: string; why?: string }
export interface Employer extends EmployerRow {
  nib?: string;
  address?: string;
  extra: string[];
  programs: string[];
  contact_name: string;
  contact_phone?: string;
  version: number;
  may_change: boolean;
  open: number;
  employees: Employee[];
}
export interface NewEmployer { kind: EmployerKind; name: string; nib?: string; area: string; address?: string; sector: Sector; risk_class: number; size_class: SizeClass; extra?: string[]; contact_name: string; contact_phone?: string }
export interface Part { program: string; base: number; employer: number; employee: number; article: string; source: string }
export interface EmployerBill {
  bill_id: string;
  month: string;
  code: string;
  amount: number;
  penalty: number;
  to_pay: number;
  employee: number;
  due: string;
  state: 'waiting' | 'settled' | 'cancelled';
  made_at: string;
  lines: { membership_id: string; worker_id: string; name: string; month: string; wage: number; amount: number; employee: number; parts: Part[]; outcome?: 'covered' | 'adjusted' | 'credited' }[];
  skipped: { worker_id: string; name: string; why: string; why_text: string }[];
  paid_on?: string;
  channel?: string;
  reference?: string;
}
export interface NewEmployee { person: Partial<Registration>; wage: number; daily?: true; position?: string; from?: string }
export interface Hired { worker_id: string; membership_id: string; registration_no: string; outcome: 'accepted' | 'review'; known: boolean }
export interface Employment { employer_id?: string; name: string; position?: string; from: string; to?: string }

export interface LeftRow { row: number; name: string; cells: Record<string, string>; findings: { field?: string; verdict: string; code: string; message: string; suggestion?: string; take?: string; choices?: string[]; confirm: boolean }[] }
/** What became of a list of people, or would. */
export interface StaffList { rows: number; ready: number; entered: number; known: number; review: number; already: number; left: LeftRow[]; titles: Record<string, string> }
export interface ListSaid { file?: string; text?: string; rows?: { row: number; cells: Record<string, string>; confirmed?: string[] }[]; consent?: { notice_version: string; channel: string; at: string }; dry?: boolean }

const id = encodeURIComponent;
const at = (employer: string) => `/employers/${id(employer)}`;
export const employers = {
  find: (q = '', cursor?: string) => get<Listed<EmployerRow>>('/employers' + query({ q, cursor })),
  get: (employer: string) => get<Employer>(at(employer)),
  add: (body: NewEmployer, key: string) => post<Employer>('/employers', body, { key }),
  change: (employer: string, version: number, body: NewEmployer, key: string) => post<Employer>(`${at(employer)}/change`, body, { key, ifMatch: `"${version}"` }),
  hire: (employer: string, body: NewEmployee, key: string) => post<Hired>(`${at(employer)}/employees`, body, { key }),
  list: (employer: string, body: ListSaid, key: string) => post<StaffList>(`${at(employer)}/employees/list`, body, { key, timeout: 120_000 }),
  template: (employer: string) => get<Blob>(`${at(employer)}/employees/template.xlsx`, { timeout: 60_000 }),
  undo: (employer: string, bill: string, reason: string, key: string) => post<EmployerBill>(`${at(employer)}/bills/${id(bill)}/reversal`, { reason }, { key }),
  end: (employer: string, membership: string, body: { to: string; reason: string }, key: string) => post<Employer>(`${at(employer)}/employees/${id(membership)}/end`, body, { key }),
  wages: (employer: string, month: string, wages: { membership_id: string; wage: number }[], key: string) => post<Employer>(`${at(employer)}/wages`, { month, wages }, { key }),
  bills: (employer: string) => get<{ items: EmployerBill[] }>(`${at(employer)}/bills`),
  bill: (employer: string, month: string, key: string) => post<EmployerBill>(`${at(employer)}/bills`, { month }, { key, timeout: 30_000 }),
  cancel: (employer: string, bill: string) => call<void>('DELETE', `${at(employer)}/bills/${id(bill)}`),
  settle: (employer: string, bill: string, body: { amount: number; channel: string; reference: string; paid_on: string }, key: string) =>
    post<EmployerBill>(`${at(employer)}/bills/${id(bill)}/settlement`, body, { key, timeout: 30_000 }),
  paper: (employer: string, bill: string) => `${at(employer)}/bills/${id(bill)}/document`,
  of: (worker: string) => get<{ items: Employment[] }>(`/workers/${id(worker)}/employments`)
};
