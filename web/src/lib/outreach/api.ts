import { query } from '../api';
import { call, get, post } from '../api/client';
import type { Around, Guests, GuestState, Lead, LeadBody, Leads, LeadState, NewGuest, Partner, PartnerBody, PartnerRow } from './types';

const id = encodeURIComponent;
const at = (campaign: string) => `/campaigns/${id(campaign)}`;

export const around = {
  get: (campaign: string) => get<Around>(at(campaign) + '/around'),
  cost: (campaign: string, body: { cost_id?: string; what: string; planned: number; spent: number }, key: string) => post<Around>(at(campaign) + '/costs', body, { key }),
  noCost: (campaign: string, cost: string) => call<void>('DELETE', `${at(campaign)}/costs/${id(cost)}`),
  question: (campaign: string, body: { question_id?: string; kind: string; asked: string; answered?: string }, key: string) => post<Around>(at(campaign) + '/questions', body, { key }),
  noQuestion: (campaign: string, question: string) => call<void>('DELETE', `${at(campaign)}/questions/${id(question)}`)
};

export const guests = {
  find: (campaign: string) => get<Guests>(at(campaign) + '/guests'),
  add: (campaign: string, list: NewGuest[], key: string) => post<Guests>(at(campaign) + '/guests', { guests: list }, { key }),
  set: (campaign: string, guest: string, state: GuestState, came?: number) => post<Guests>(`${at(campaign)}/guests/${id(guest)}/state`, came ? { state, came } : { state }),
  remove: (campaign: string, guest: string) => call<void>('DELETE', `${at(campaign)}/guests/${id(guest)}`)
};

export const partners = {
  find: (q = '', cursor?: string) => get<{ items: PartnerRow[]; next_cursor?: string }>('/partners' + query({ q, cursor })),
  get: (partner: string) => get<Partner>(`/partners/${id(partner)}`),
  add: (body: PartnerBody, key: string) => post<Partner>('/partners', body, { key }),
  change: (partner: string, body: PartnerBody, key: string, version: number) => post<Partner>(`/partners/${id(partner)}/change`, body, { key, ifMatch: `"${version}"` })
};

export const leads = {
  find: (values: { q?: string; state?: string; campaign?: string; partner?: string; stand?: string; cursor?: string } = {}) => get<Leads>('/leads' + query(values)),
  get: (lead: string) => get<Lead>(`/leads/${id(lead)}`),
  add: (body: LeadBody, key: string) => post<Lead>('/leads', body, { key }),
  move: (lead: string, body: { state: LeadState; next_day?: string; note?: string }, key: string) => post<Lead>(`/leads/${id(lead)}/state`, body, { key })
};
