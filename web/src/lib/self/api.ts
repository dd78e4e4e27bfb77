import { get, post } from '../api/client';
import type { Registration } from '../api';

const id = encodeURIComponent;

/** Where the form of a QR code was opened. */
export interface SelfPage {
  campaign: string;
  stand?: string;
  office_name: string;
  until: string;
  notice_version: string;
}

export interface Business {
  name: string;
  sector: string;
  village: string;
  workers: number;
}

export type SelfKind = 'lone' | 'owner';

/** What is to be paid, the same for everybody: it tells nothing of who is registered. */
export interface SelfAnswer {
  code: string;
  amount: number;
  months: number;
  path: string;
}

export interface SelfSource {
  source_id: string;
  stand?: string;
  path: string;
  address: string;
  added_at: string;
  until: string;
  orders: number;
  paid: number;
}

export interface SelfOrder {
  order_id: string;
  stand?: string;
  kind: SelfKind;
  phone: string;
  worker_id?: string;
  name?: string;
  fresh: boolean;
  business?: Business;
  employer_id?: string;
  amount: number;
  months: number;
  code: string;
  state: 'waiting' | 'settled';
  made_at: string;
}

/** What the phone of whoever registers himself asks. */
export const own = {
  page: (token: string) => get<SelfPage>(`/public/self/${id(token)}`),
  askCode: (token: string, phone: string) => post<{ until: string; demo_code?: string }>(`/public/self/${id(token)}/codes`, { phone }),
  tryCode: (token: string, phone: string, code: string) => post<{ proof: string }>(`/public/self/${id(token)}/proofs`, { phone, code }),
  register: (token: string, body: { proof: string; kind: SelfKind; business?: Business; registration: Registration }, key: string) =>
    post<SelfAnswer>(`/public/self/${id(token)}/registrations`, body, { key, timeout: 20_000 })
};

/** What the office asks. */
export const sources = {
  find: (campaign: string) => get<{ items: SelfSource[] }>(`/self/${id(campaign)}/sources`),
  open: (campaign: string, stand: string, key: string) => post<SelfSource>(`/self/${id(campaign)}/sources`, stand ? { stand } : {}, { key }),
  close: (campaign: string, source: string, key: string) => post<void>(`/self/${id(campaign)}/sources/${id(source)}/closing`, {}, { key }),
  orders: (campaign: string, cursor = '') => get<{ items: SelfOrder[]; next_cursor?: string }>(`/self/${id(campaign)}/orders${cursor ? `?cursor=${id(cursor)}` : ''}`)
};
