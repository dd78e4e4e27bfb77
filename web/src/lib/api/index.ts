import { call, get, post, type CallOptions } from './client';
import type {
  About, Area, Device, Estimate, HistoryItem, Home, Quote, QuoteRequest, Registered, Registration, Review, Session, Worker, WorkerPage, WorkerRow
} from './types';

const id = encodeURIComponent;

function query(values: Record<string, string | number | undefined>): string {
  const given = Object.entries(values).filter(([, v]) => v !== undefined && v !== '');
  return given.length ? '?' + new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString() : '';
}

/** Every route that a screen calls, one line each. */
export const api = {
  about: () => get<About>('/about'),
  session: () => get<Session>('/session'),
  login: (login: string, password: string) => post<Session>('/session', { login, password }),
  logout: () => call<void>('DELETE', '/session'),

  home: () => get<Home>('/home'),
  quote: (request: QuoteRequest, options?: CallOptions) => post<Quote>('/quotes', request, options),

  benefits: (request: { programs: string[]; income?: number; months_covered: number }) => post<Estimate>('/benefits', request, { timeout: 5000 }),

  register: (body: Registration, key: string) => call<Registered>('POST', '/workers', { body, key, timeout: 20_000 }),
  workers: (values: { q?: string; status?: string; cursor?: string; limit?: number }, options?: CallOptions) =>
    get<WorkerPage>('/workers' + query(values), options),
  lookup: (nik: string) => post<{ found: boolean; worker?: WorkerRow }>('/workers/lookup', { nik }),
  worker: (worker: string) => call<Worker>('GET', `/workers/${id(worker)}`),
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

  devices: () => get<{ items: Device[] }>('/devices'),
  enrol: (name: string, publicKey: string) => post<{ device_id: string }>('/devices', { name, public_key: publicKey }),
  removeDevice: (device: string) => call<void>('DELETE', `/devices/${id(device)}`)
};

export { Problem, fieldOf } from './problem';
export { uuidv7 } from './uuid';
export * from './types';
