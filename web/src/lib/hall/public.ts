import { get, post } from '../api/client';
import type { Kind, Need } from './gate';

const id = encodeURIComponent;
export type QueueState = 'waiting' | 'called' | 'done' | 'no_show';
export interface QueueNumber { number: number; topic?: string; state: QueueState; desk?: string }
export interface Product { product_id: string; name: string; price?: number; about?: string; photo: boolean }

export interface TicketPage {
  code: string;
  name: string;
  kind: Kind;
  organisation?: string;
  event: string;
  place_name: string;
  opens_at: string;
  closes_at: string;
  cancelled: boolean;
  inside: boolean;
  stamps: number;
  stamps_needed: number;
  prize: boolean;
  numbers: QueueNumber[];
  fair?: boolean;
}

export interface StandPage { number: string; name: string; kind: string; owner?: string; team?: number; about?: string; event: string; place_name: string; products: Product[] }
export interface EntryPage { event: string; place_name: string; opens_at: string; closes_at: string; notice_version: string; operator: string }
export interface SignUp { kind: Kind; name: string; phone?: string; organisation?: string; needs?: Need[]; consent: boolean }

export interface Loop {
  campaign_id: string;
  name: string;
  place_name: string;
  opens_at: string;
  closes_at: string;
  as_of: string;
  slides: { title: string; text?: string; picture?: string; film?: string }[];
  entry_path?: string;
  register_path?: string;
  announcements: { announcement_id: string; text: string; until: string }[];
  called: QueueNumber[];
  waiting: number;
  inside: number;
  invited: number;
  stands: { number: string; name: string; owner?: string; product?: string; photo?: string }[];
  stamps: number;
}

/** What anybody may ask who has a code. */
export const hallPublic = {
  ticket: (code: string) => get<TicketPage>(`/public/tickets/${id(code)}`),
  stand: (code: string) => get<StandPage>(`/public/stands/${id(code)}`),
  entry: (code: string) => get<EntryPage>(`/public/halls/${id(code)}`),
  signUp: (code: string, body: SignUp, key: string) => post<{ code: string; page: string }>(`/public/halls/${id(code)}`, body, { key, timeout: 20_000 }),
  loop: (token: string) => get<Loop>(`/kiosk/loop?k=${id(token)}`)
};
export const photoOf = (code: string, product: string): string => `/api/v1/public/stands/${id(code)}/photos/${id(product)}`;
