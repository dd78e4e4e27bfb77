import { query } from '../api';
import { get, post } from '../api/client';

const id = encodeURIComponent;
const at = (desk: string, rest = '') => `/services/${id(desk)}${rest}`;

export const TOPICS = ['not_registered', 'wages', 'work_accident', 'death', 'layoff', 'claim_help', 'information', 'other'] as const;
export type Topic = (typeof TOPICS)[number];
export const STATES = ['open', 'working', 'waiting', 'closed', 'reopened'] as const;
export type CaseState = (typeof STATES)[number];
export const OUTCOMES = ['solved', 'registered', 'claimed', 'referred', 'informed', 'withdrawn', 'unreachable'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const SHOWS = ['open', 'due', 'mine', 'closed'] as const;
export type Show = (typeof SHOWS)[number];

/** Hours of a day of the week; 1 is Monday. */
export interface Hours { day: number; from: string; until: string }
export interface TopicRow { topic: Topic; letter: string; cases?: number; waiting?: number }
export interface DeskRow {
  service_id: string;
  name: string;
  place: string;
  area: string;
  area_name: string;
  office_name: string;
  partner_id?: string;
  partner_name?: string;
  opens: Hours[];
  topics: TopicRow[];
  by_phone: boolean;
  closed: boolean;
  open_now: boolean;
  waiting: number;
  cases_open: number;
  due_today: number;
  overdue: number;
}
export type TurnState = 'waiting' | 'called' | 'done' | 'no_show';
export interface Desk extends DeskRow {
  version: number;
  today: string;
  queue: Record<TurnState, number>;
  cases: Record<CaseState, number>;
  entry_path?: string;
  screen_path?: string;
  may_manage: boolean;
  may_serve: boolean;
}
export interface DeskBody { name: string; place: string; area: string; partner_id?: string; opens: Hours[]; topics: Topic[]; by_phone?: boolean; closed?: boolean }
export interface Turn { label: string; number: number; topic: Topic; state: TurnState; desk?: string; own_phone: boolean; taken_at: string; called_at?: string; ended_at?: string }
export interface Queue { day: string; items: Turn[]; label?: string }
export type QueueAct = { act: 'take'; topic: Topic } | { act: 'called'; number?: number; topic?: Topic; desk: string } | { act: 'done' | 'no_show'; number: number; topic: Topic };
export interface CaseRow {
  case_id: string;
  no: string;
  topic: Topic;
  label?: string;
  name?: string;
  phone?: string;
  about?: string;
  hidden?: boolean;
  state: CaseState;
  outcome?: Outcome;
  follow_day?: string;
  due?: 'today' | 'overdue';
  owner_id: string;
  owner_name: string;
  worker_id?: string;
  employer_id?: string;
  partner_id?: string;
  opened_at: string;
  closed_at?: string;
  erased_at?: string;
}
export interface Case extends CaseRow {
  service_id: string;
  service_name: string;
  worker_name?: string;
  employer_name?: string;
  partner_name?: string;
  notes: { at: string; by_name: string; act: string; text?: string }[];
  may_serve: boolean;
}
export interface Cases { items: CaseRow[]; counts: { open: number; due: number; closed: number }; next_cursor?: string }
export interface CaseBody { topic: Topic; about: string; name?: string; phone?: string; label?: string; follow_day?: string }
export interface CaseAct { act: 'note' | 'take' | 'link' | 'refer' | CaseState; note?: string; outcome?: Outcome; follow_day?: string; worker_id?: string; employer_id?: string; partner_id?: string }

/** Every route of service desks, one line each. */
export const services = {
  find: () => get<{ items: DeskRow[] }>('/services'),
  get: (desk: string) => get<Desk>(at(desk)),
  add: (body: DeskBody, key: string) => post<Desk>('/services', body, { key }),
  change: (desk: string, body: DeskBody, key: string, version: number) => post<Desk>(at(desk, '/change'), body, { key, ifMatch: `"${version}"` }),
  renew: (desk: string) => post<Desk>(at(desk, '/codes'), {}),
  queue: (desk: string) => get<Queue>(at(desk, '/queue')),
  move: (desk: string, body: QueueAct) => post<Queue>(at(desk, '/queue'), body),
  cases: (desk: string, values: { show?: Show; topic?: string; q?: string; cursor?: string }) => get<Cases>(at(desk, '/cases') + query(values)),
  addCase: (desk: string, body: CaseBody, key: string) => post<Case>(at(desk, '/cases'), body, { key }),
  case: (desk: string, one: string) => get<Case>(at(desk, `/cases/${id(one)}`)),
  act: (desk: string, one: string, body: CaseAct, key?: string) => post<Case>(at(desk, `/cases/${id(one)}`), body, { key })
};
