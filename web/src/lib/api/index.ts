import type { PricePack } from '../price/price';
import { call, get, post, type CallOptions } from './client';
import type { Rules } from './rule';
import type {
  About, Account, Area, AuditItem, BenefitRequest, Device, Estimate, HistoryItem, Home, Office, Place, Quote, QuoteRequest, Registered, Registration,
  Review, Role, Session, Worker, WorkerPage, WorkerRow
} from './types';

const id = encodeURIComponent;

/** The question part of an address, without what is empty. */
export function query(values: Record<string, string | number | undefined>): string {
  const given = Object.entries(values).filter(([, v]) => v !== undefined && v !== '');
  return given.length ? '?' + new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString() : '';
}

/** Every route that a screen calls, one line each. */
export const api = {
  about: () => get<About>('/about'),
  session: () => get<Session>('/session'),
  login: (login: string, password: string) => post<Session>('/session', { login, password }),
  logout: () => call<void>('DELETE', '/session'),
  password: (current: string, next: string) => call<void>('POST', '/password', { body: { current, next }, timeout: 20_000 }),

  home: () => get<Home>('/home'),
  quote: (request: QuoteRequest, options?: CallOptions) => post<Quote>('/quotes', request, options),
  quotePdf: (request: QuoteRequest) => post<Blob>('/quotes/document', request),
  benefits: (request: BenefitRequest, options?: CallOptions) => post<Estimate>('/benefits', request, { timeout: 5000, ...options }),
  benefitsPdf: (request: BenefitRequest) => post<Blob>('/benefits/document', request),
  rules: (on?: string, since?: string, options?: CallOptions) => get<Rules>('/rules' + query({ on, since }), options),
  pricePack: () => get<PricePack>('/packs/prices'),

  register: (body: Registration, key: string) => call<Registered>('POST', '/workers', { body, key, timeout: 20_000 }),
  workers: (values: { q?: string; status?: string; cursor?: string; limit?: number }, options?: CallOptions) =>
    get<WorkerPage>('/workers' + query(values), options),
  lookup: (nik: string) => post<{ found: boolean; worker?: WorkerRow }>('/workers/lookup', { nik }),
  worker: (worker: string) => call<Worker>('GET', `/workers/${id(worker)}`),
  workerQuotePdf: (worker: string) => get<Blob>(`/workers/${id(worker)}/quote.pdf`),
  history: (worker: string) => get<{ items: HistoryItem[] }>(`/workers/${id(worker)}/history`),
  reveal: (worker: string, reason: string) => post<{ nik: string }>(`/workers/${id(worker)}/nik-reveal`, { reason }),
  correct: (worker: string, fields: Record<string, unknown>, reason: string, ifMatch?: string) =>
    call<Worker>('POST', `/workers/${id(worker)}/corrections`, { body: { fields, reason }, ifMatch }),
  withdrawConsent: (worker: string, reason?: string) =>
    call<Worker>('POST', `/workers/${id(worker)}/consent-withdrawal`, { body: reason ? { reason } : {} }),
  merge: (worker: string, into: string, reason: string) =>
    call<Worker>('POST', `/workers/${id(worker)}/merge`, { body: { into, reason } }),
  pay: (worker: string, body: { amount: number; channel: string; reference: string; paid_on: string }, key: string) =>
    call<Worker>('POST', `/workers/${id(worker)}/payments`, { body, key }),

  reviews: (cursor?: string) => get<{ items: Review[]; next_cursor?: string }>('/reviews' + query({ cursor })),
  decide: (review: string, decision: 'accept' | 'reject' | 'same', reason: string) =>
    post<unknown>(`/reviews/${id(review)}/decision`, { decision, reason }),

  areas: (values: { q?: string; within?: string; near?: string; level?: string; limit?: number }, options?: CallOptions) =>
    get<{ items: Area[] }>('/areas' + query(values), options),
  area: (code: string) => get<Area>(`/areas/${id(code)}`),

  places: (values: { q?: string; village?: string }, options?: CallOptions) => get<{ items: Place[] }>('/places' + query(values), options),

  audit: (cursor?: string) => get<{ items: AuditItem[]; next_cursor?: string }>('/audit' + query({ cursor })),
  offices: () => get<{ items: Office[] }>('/offices'),
  accounts: (cursor?: string) => get<{ items: Account[]; next_cursor?: string }>('/accounts' + query({ cursor })),
  addAccount: (body: { login: string; name: string; role: Role; office_id: string }, key: string) =>
    post<{ account_id: string; one_time_password: string }>('/accounts', body, { key, timeout: 20_000 }),
  closeAccount: (account: string) => call<void>('DELETE', `/accounts/${id(account)}`),

  devices: () => get<{ items: Device[] }>('/devices'),
  enrol: (name: string, publicKey: string) => post<{ device_id: string }>('/devices', { name, public_key: publicKey }),
  removeDevice: (device: string) => call<void>('DELETE', `/devices/${id(device)}`)
};

export { Problem, fieldOf } from './problem';
export { uuidv7 } from './uuid';
export * from './rule';
export * from './types';
