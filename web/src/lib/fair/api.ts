/** A job fair: openings, who applies, who is hired. Money is whole rupiah. */
import { query } from '../api';
import { get, post } from '../api/client';
import type { Hired, NewEmployee, NewEmployer } from '../employer/api';
import type { Need } from '../hall/gate';

export const DISABILITIES = ['physical', 'intellectual', 'mental', 'sensory'] as const;
export type Disability = (typeof DISABILITIES)[number];
export const STATES = ['applied', 'invited', 'interviewed', 'offered', 'hired', 'declined', 'withdrawn'] as const;
export type State = (typeof STATES)[number];

export interface Slot { slot_id: string; from: string; to: string; places: number; taken: number; desk?: string }
/** An opening as anybody sees it. */
export interface Offer {
  opening_id: string;
  employer_name: string;
  position: string;
  about?: string;
  seats: number;
  wage_from?: number;
  wage_to?: number;
  area_name?: string;
  requirements?: string;
  welcome: Disability[];
  slots: Slot[];
  open: boolean;
  closes_at: string;
}
export interface Opening extends Offer {
  employer_id?: string;
  stand_id?: string;
  area?: string;
  closed: boolean;
  version: number;
  states: Record<State, number>;
  called: number[];
  desk_path?: string;
}
export type Count = Record<'openings' | 'seats' | 'employers' | 'applicants' | 'applications' | 'interviewed' | 'offered' | 'hired' | 'registered' | 'protected', number>;
export interface Fair {
  campaign_id: string;
  name: string;
  state: string;
  opens_at: string;
  closes_at: string;
  as_of: string;
  page_path?: string;
  items: Opening[];
  count: Count;
  may_manage: boolean;
  may_hire: boolean;
}
export interface Applicant {
  opening_id: string;
  participant_id: string;
  name: string;
  phone?: string;
  needs: Need[];
  state: State;
  slot_id?: string;
  number: number;
  called: boolean;
  desk?: string;
  note?: string;
  applied_at: string;
  called_at?: string;
  worker_id?: string;
  employer_id?: string;
}
export interface NewOpening {
  opening_id?: string;
  version?: number;
  employer_id?: string;
  employer_name?: string;
  position: string;
  about?: string;
  seats: number;
  wage_from?: number;
  wage_to?: number;
  area?: string;
  requirements?: string;
  welcome: Disability[];
  slots: { slot_id?: string; from: string; to: string; places: number; desk?: string }[];
  closed?: boolean;
}
export type StepAct = 'invite' | 'call' | 'no_show' | 'interviewed' | 'offered' | 'declined' | 'withdrawn' | 'slot' | 'note';
export interface Step { opening_id: string; participant_id?: string; act: StepAct; desk?: string; note?: string; slot_id?: string }
export interface NewApplicant { opening_id: string; slot_id?: string; ticket?: string; person?: { kind: 'worker'; name: string; phone?: string; needs?: Need[]; consent: boolean } }

const id = encodeURIComponent;
const at = (campaign: string, rest: string) => `/campaigns/${id(campaign)}/${rest}`;

/** Every route of a job fair at the office, one line each. */
export const fair = {
  get: (c: string) => get<Fair>(at(c, 'fair')),
  set: (c: string, body: NewOpening, key: string) => post<Fair>(at(c, 'openings'), body, { key }),
  employer: (c: string, opening: string, body: { employer_id?: string; employer?: NewEmployer }, key: string) => post<Fair>(at(c, `openings/${id(opening)}/employer`), body, { key }),
  people: (c: string, values: { opening?: string; state?: string; q?: string } = {}) => get<{ items: Applicant[] }>(at(c, 'applicants') + query(values)),
  apply: (c: string, body: NewApplicant, key: string) => post<{ items: Applicant[]; added: string }>(at(c, 'applicants'), body, { key }),
  step: (c: string, body: Step) => post<{ items: Applicant[] }>(at(c, 'applicants/step'), body),
  hire: (c: string, opening: string, who: string, body: NewEmployee, key: string) => post<Hired>(at(c, `openings/${id(opening)}/applicants/${id(who)}/hire`), body, { key })
};
export const openingsPdf = (c: string, lang: string): string => at(c, `openings/document?lang=${lang}`);

export interface PublicFair { event: string; place_name: string; opens_at: string; closes_at: string; open: boolean; operator: string; notice_version: string; items: Offer[] }
export interface Mine {
  opening_id: string;
  position: string;
  employer_name: string;
  state: State;
  number: number;
  from?: string;
  to?: string;
  slot_id?: string;
  slots: Slot[];
  called: boolean;
  desk?: string;
  now: number;
  ahead: number;
}
export interface MyApplications { name: string; event: string; place_name: string; opens_at: string; closes_at: string; fair_path: string; items: Mine[] }
export interface Desk { event: string; place_name: string; employer: string; opens_at: string; closes_at: string; items: Opening[]; applicants: Applicant[] }

/** What anybody may ask who has a code. */
export const fairPublic = {
  get: (code: string) => get<PublicFair>(`/public/fairs/${id(code)}`),
  join: (code: string, body: { name: string; phone?: string; needs?: Need[]; consent: boolean }, key: string) => post<{ code: string; page: string }>(`/public/fairs/${id(code)}`, body, { key, timeout: 20_000 }),
  mine: (ticket: string) => get<MyApplications>(`/public/tickets/${id(ticket)}/applications`),
  apply: (ticket: string, body: { opening_id: string; act?: 'withdrawn' | 'slot'; slot_id?: string }, key: string) => post<MyApplications>(`/public/tickets/${id(ticket)}/applications`, body, { key }),
  desk: (code: string) => get<Desk>(`/public/desks/${id(code)}`),
  step: (code: string, body: Step) => post<Desk>(`/public/desks/${id(code)}`, body)
};
