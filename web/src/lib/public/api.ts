import { call, get, post } from '../api/client';

const id = encodeURIComponent;
export type Power = 'register' | 'cash';
export type BadgeState = 'valid' | 'suspended' | 'revoked' | 'expired' | 'not_begun';

/** What anybody may know of a certificate. */
export interface Badge {
  number: string;
  name: string;
  has_photo: boolean;
  office: string;
  powers: Power[];
  from: string;
  until: string;
  state: BadgeState;
  today: { may: Power[]; may_not: Power[] };
  today_date: string;
  code?: 'right' | 'wrong' | 'old';
  fund_name: string;
}

export interface Keys { items: { key_id: string; public_key: string }[]; revoked: string[]; suspended: string[]; as_of: string }

export interface Application {
  office_id: string;
  name: string;
  phone: string;
  village?: string;
  background: string;
  prospects: number;
  prospects_where?: string;
  consent: { notice_version: string; channel: 'tap'; at: string };
}

export interface Office { office_id: string; name: string; kind: string }
export interface Village { code: string; name: string; path: { code: string; name: string }[] }
export interface About { fund_name: string; demo: boolean; notice_version: string; today: string; operator?: string }

/** What everybody may ask, without a log-in. */
export const open = {
  about: () => get<About>('/about'),
  offices: () => get<{ items: Office[] }>('/public/offices'),
  villages: (q: string) => get<{ items: Village[] }>(`/areas?level=village&limit=8&q=${id(q)}`, { timeout: 5000 }),
  apply: (body: Application, key: string) => post<{ application_no: string }>('/public/applications', body, { key, timeout: 20_000 }),
  badge: (number: string, code?: string) => get<Badge>(`/public/certificates/${id(number)}${code ? `?code=${id(code)}` : ''}`),
  keys: async () => (await call<Keys>('GET', '/public/certificates/keys', { timeout: 5000 })).data
};
export const photoOf = (number: string): string => `/api/v1/public/certificates/${id(number)}/photo`;
