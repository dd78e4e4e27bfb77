import { query } from '../api';
import { call, get, post } from '../api/client';
import type { Agent, AgentClass, AgentRow, Application, ApplicationState, ClassRow, Issued, KitItem, KitState, Power, PublicOffice } from './types';

const id = encodeURIComponent;
export type Listed<T> = { items: T[]; next_cursor?: string };

export interface ResultLine { application_id: string; test_score: number; practice: 'done' | 'not_done'; note?: string }
export interface NewClass {
  name: string;
  office_id: string;
  from: string;
  to: string;
  place_id?: string;
  pass_mark: number;
  quotas: { office_id: string; seats: number }[];
}

/** Branches and sub-branches, as everybody may know them. */
export const offices = () => get<Listed<PublicOffice>>('/public/offices');

/** Every route of agents, one line each. */
export const agents = {
  find: (values: { office?: string; q?: string; cursor?: string } = {}) => get<Listed<AgentRow>>('/agents' + query(values)),
  get: (agent: string) => get<Agent>(`/agents/${id(agent)}`),
  certify: (agent: string, body: { from: string; until: string; powers: Power[] }, key: string) => post<{ number: string }>(`/agents/${id(agent)}/certificates`, body, { key }),
  stop: (number: string, state: 'valid' | 'suspended' | 'revoked', reason: string) => post<unknown>(`/certificates/${id(number)}/stop`, { state, reason }),
  photo: (agent: string, jpeg: Blob) => call<void>('PUT', `/agents/${id(agent)}/photo`, { raw: jpeg }),
  territory: (agent: string, villages: string[], places: string[]) => call<unknown>('PUT', `/agents/${id(agent)}/territory`, { body: { villages, places } })
};

export const applications = {
  find: (values: { state?: string; office?: string; cursor?: string } = {}) =>
    get<Listed<Application> & { counts: Partial<Record<ApplicationState, number>> }>('/applications' + query(values)),
  present: (application: string) => post<unknown>(`/applications/${id(application)}/presentation`, {}),
  decide: (application: string, decision: 'accepted' | 'waiting_list' | 'rejected', reason?: string) =>
    post<unknown>(`/applications/${id(application)}/decision`, reason ? { decision, reason } : { decision }),
  withdraw: (application: string, key: string) => post<unknown>(`/applications/${id(application)}/withdrawal`, {}, { key })
};

export const classes = {
  find: (cursor?: string) => get<Listed<ClassRow>>('/classes' + query({ cursor })),
  add: (body: NewClass, key: string) => post<{ class_id: string }>('/classes', body, { key }),
  get: (c: string) => get<AgentClass>(`/classes/${id(c)}`),
  seat: (c: string, application_id: string, office_id: string) => post<unknown>(`/classes/${id(c)}/seats`, { application_id, office_id }),
  leave: (c: string, application: string) => call<void>('DELETE', `/classes/${id(c)}/seats/${id(application)}`),
  attend: (c: string, badge: string) => post<{ name: string; day: string; at: string; again: boolean }>(`/classes/${id(c)}/attendance`, { badge }),
  judge: (c: string, items: ResultLine[]) => post<unknown>(`/classes/${id(c)}/results`, { items }),
  certify: (c: string, until: string, powers: Power[], key: string) => post<{ items: Issued[] }>(`/classes/${id(c)}/certificates`, { until, powers }, { key, timeout: 60_000 }),
  close: (c: string) => post<unknown>(`/classes/${id(c)}/closing`, {})
};

export const kit = {
  find: (values: { state?: string; office?: string; cursor?: string } = {}) => get<Listed<KitItem>>('/kit' + query(values)),
  add: (kind: string, serials: string[], office_id: string) => post<unknown>('/kit', { kind, serials, office_id }),
  handOut: (item: string, account_id: string) => post<unknown>(`/kit/${id(item)}/handing-out`, { account_id }),
  takeBack: (item: string, state: Exclude<KitState, 'handed_out'>, note?: string) => post<unknown>(`/kit/${id(item)}/return`, note ? { state, note } : { state })
};

/** The paths of documents, for PdfButton. */
export const pdfOf = {
  certificate: (number: string): string => `/certificates/${id(number)}/document`,
  badges: (c: string): string => `/classes/${id(c)}/badges.pdf`
};
/** The address of an agent's photo, as everybody sees it. */
export const photoOf = (number: string): string => `/api/v1/public/certificates/${id(number)}/photo`;
