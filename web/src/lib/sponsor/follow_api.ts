/** What follows once a sponsor pays: reports, who leaves and comes, printed proofs. */
import { query } from '../api';
import { get, post } from '../api/client';
import type { WorkerStatus } from '../api';
import type { Listed } from '../money/api';

const id = encodeURIComponent;
const at = (sponsor: string, agreement: string) => `/sponsors/${id(sponsor)}/agreements/${id(agreement)}`;

export interface Report {
  sponsor_id: string; sponsor_name: string; office_name: string; agreement_id?: string; agreement_number?: string;
  month: string; first_month?: string; last_month?: string;
  paid: number; protected: number; new: number; left: number; replaced: number; deaths: number; places: number;
  budget: number; used: number; budget_left: number; credit: number; twice: number; saved: number;
  months: { month: string; people: number; amount: number }[];
  villages: { code: string; district: string; name: string; paid: number; protected: number; ends: number }[];
  lapse: number;
  keep: { months: number; amount: number }[];
  /** The first hundred of them; the spreadsheet has all. */
  lapse_first: { worker_id: string; registration_no: string; name: string; village: string; until: string }[];
}

export interface Sponsored { worker_id: string; registration_no: string; name: string; village: string; standing: WorkerStatus; from: string; to: string; amount: number; state: 'waiting' | 'covered' | 'returned' }

export const WHYS = ['died', 'moved', 'employed', 'other'] as const;
export type Why = (typeof WHYS)[number];
export interface Departure {
  departure_id: string; worker_id: string; registration_no: string; name: string; why: Why; note?: string; from: string; months: number; freed: number;
  state: 'proposed' | 'left' | 'cancelled'; made_by: string[]; approved_by?: string; may_approve: boolean; why_not?: string;
  heir?: { state: 'proposed' | 'filled'; worker_id?: string; registration_no?: string; name: string; from: string; months: number; amount: number; difference: number };
}
export interface Departures { items: Departure[]; credit: number }
export interface HeirBody { nik: string; name: string; birth_date: string; village?: string; occupation: string; monthly_income?: string }
export interface HeirRow { row: number; verdict: string; departure_id?: string; findings: { field?: string; verdict: string; message: string }[] }

export const follow = {
  report: (sponsor: string, agreement?: string) => get<Report>(`/sponsors/${id(sponsor)}/report` + query({ agreement })),
  document: (sponsor: string, agreement?: string) => get<Blob>(`/sponsors/${id(sponsor)}/report/document` + query({ agreement }), { timeout: 60_000 }),
  sheet: (sponsor: string, agreement?: string) => get<Blob>(`/sponsors/${id(sponsor)}/report/sheet` + query({ agreement }), { timeout: 60_000 }),
  cards: (sponsor: string, agreement: string) => get<Blob>(at(sponsor, agreement) + '/cards', { timeout: 120_000 }),
  people: (sponsor: string, agreement: string, q: string) => get<Listed<Sponsored>>(at(sponsor, agreement) + '/people' + query({ q })),
  departures: (sponsor: string, agreement: string) => get<Departures>(at(sponsor, agreement) + '/departures'),
  leave: (sponsor: string, agreement: string, body: { worker_id: string; why: Why; from: string; note?: string }, key: string) => post<Departures>(at(sponsor, agreement) + '/departures', body, { key }),
  heir: (sponsor: string, agreement: string, departure: string, body: HeirBody, key: string) => post<Listed<HeirRow>>(`${at(sponsor, agreement)}/departures/${id(departure)}/heir`, body, { key }),
  heirs: (sponsor: string, agreement: string, file: File, key: string, signal?: AbortSignal) =>
    post<Listed<HeirRow>>(at(sponsor, agreement) + '/replacements' + query({ name: file.name.slice(-120) }), undefined, { raw: new Blob([file], { type: 'application/octet-stream' }), key, signal, timeout: 60_000 }),
  approve: (sponsor: string, agreement: string, departure: string, key: string) => post<Departures>(`${at(sponsor, agreement)}/departures/${id(departure)}/approval`, {}, { key, timeout: 30_000 }),
  cancel: (sponsor: string, agreement: string, departure: string, key: string) => post<Departures>(`${at(sponsor, agreement)}/departures/${id(departure)}/cancellation`, {}, { key })
};

export interface CardCheck { protected: boolean; standing: WorkerStatus; until?: string; programs: string[]; payer?: string; office_name: string }
export const checkCard = (code: string, birth_date: string) => post<CardCheck>('/public/cards/check', { code, birth_date });
