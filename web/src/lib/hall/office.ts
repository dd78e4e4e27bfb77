import { query } from '../api';
import { call, get, post } from '../api/client';
import type { Kind, Need } from './gate';
import type { Product, QueueState } from './public';

const id = encodeURIComponent;
const at = (campaign: string, rest: string) => `/campaigns/${id(campaign)}/${rest}`;

export interface Plan { gates: string[]; topics?: string[]; stamps?: number; sign_up?: boolean; slides?: { title: string; text?: string; media_id?: string }[] }
export interface Media { media_id: string; kind: 'picture' | 'film'; path: string }
export interface Hall {
  campaign_id: string;
  name: string;
  kind: string;
  state: 'planned' | 'open' | 'paused' | 'closed' | 'sealed' | 'cancelled';
  opens_at: string;
  closes_at: string;
  as_of: string;
  version: number;
  plan: Plan;
  media: Media[];
  entry_path?: string;
  kinds: { kind: Kind; invited: number; inside: number }[];
  invited: number;
  inside: number;
  gates: { gate: string; n: number }[];
  twice: { participant_id: string; name?: string; checks: { gate: string; at: string }[] }[];
  last_at?: string;
  stands: number;
  queue: Record<QueueState, number>;
  rally: { stamps: number; walkers: number; winners: number; prizes: number };
  announcements: { announcement_id: string; text: string; until: string }[];
  may_manage: boolean;
}
export interface Person {
  participant_id: string;
  kind: Kind;
  name: string;
  phone?: string;
  organisation?: string;
  needs: Need[];
  consent: boolean;
  via: 'office' | 'list' | 'self';
  added_at: string;
  inside: boolean;
  stamps: number;
  stand_id?: string;
  /** Its number and name. */
  stand?: string;
  prize_at?: string;
  cancelled_at?: string;
}
export interface NewPerson { kind: Kind; name: string; phone?: string; organisation?: string; needs?: Need[]; consent?: boolean; stand?: string }
export const STAND_KINDS = ['umkm', 'bank', 'office', 'school', 'other'] as const;
export type StandKind = (typeof STAND_KINDS)[number];
export interface Stand {
  stand_id: string;
  number: string;
  name: string;
  kind: StandKind;
  owner?: string;
  contact_name?: string;
  contact_phone?: string;
  team: number;
  minors: boolean;
  about?: string;
  public: boolean;
  products: Product[];
  visitors: number;
  people: number;
  leads: number;
  code?: string;
  page?: string;
}
export type StandDraft = Partial<Omit<Stand, 'products'>> & { products: (Partial<Product> & { jpeg?: string })[] };
export interface QueueRow { number: number; topic?: string; state: QueueState; desk?: string; name?: string; taken_at: string; called_at?: string; ended_at?: string }
export const CATEGORIES = ['goods', 'material', 'packaging', 'capital', 'place', 'skill', 'transport', 'marketing', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];
export interface Offer { offer_id: string; side: 'offer' | 'need'; category: Category; text: string; name: string; consent: boolean; added_at: string; closed_at?: string }
export interface Match { offer_id: string; need_id: string; contact?: { offer_name: string; offer_phone?: string; need_name: string; need_phone?: string } }
export interface Exchange { items: Offer[]; matches: Match[] }
export type QueueAct = { act: 'take'; topic?: string; ticket?: string } | { act: 'called'; number?: number; topic?: string; desk: string } | { act: 'done' | 'no_show'; number: number };

/** Every route of the hall of an event, one line each. */
export const hall = {
  get: (c: string) => get<Hall>(at(c, 'hall')),
  plan: (c: string, version: number, plan: Plan) => post<Hall>(at(c, 'hall'), { version, ...plan }),
  /** A picture or a film for the slides; the key is made once for a file. */
  media: (c: string, file: Blob, key: string) => call<Media>('POST', at(c, 'media'), { raw: file, key, timeout: 180_000 }).then((a) => a.data),
  people: (c: string, values: { q?: string; kind?: string; state?: string; stand?: string; cursor?: string }) => get<{ items: Person[]; next_cursor?: string; total: number }>(at(c, 'participants') + query(values)),
  add: (c: string, body: { participants?: NewPerson[]; csv?: string }, key: string) => post<{ added: number }>(at(c, 'participants'), body, { key, timeout: 30_000 }),
  act: (c: string, person: string, act: 'cancel' | 'prize' | 'stand', stand?: string) => post<unknown>(at(c, `participants/${id(person)}`), { act, stand }),
  stands: (c: string, q = '') => get<{ items: Stand[] }>(at(c, 'stands') + query({ q })),
  setStand: (c: string, body: StandDraft, key: string) => post<{ items: Stand[] }>(at(c, 'stands'), body, { key, timeout: 30_000 }),
  queue: (c: string) => get<{ items: QueueRow[] }>(at(c, 'queue')),
  move: (c: string, body: QueueAct) => post<{ items: QueueRow[]; number?: number }>(at(c, 'queue'), body),
  offers: (c: string) => get<Exchange>(at(c, 'offers')),
  offer: (c: string, body: { ticket?: string; side?: string; category?: string; text?: string; consent?: boolean; close?: string }) => post<Exchange>(at(c, 'offers'), body),
  say: (c: string, body: { text?: string; minutes?: number; end?: string }) => post<Hall>(at(c, 'announcements'), body)
};
export const ticketsPdf = (c: string, lang: string): string => at(c, `tickets/document?lang=${lang}`);
