import { query } from '../api';
import { call, get, post } from '../api/client';
import type { Potential, PublicVillage, Region, StepName, Village, VillageRow } from './types';

const at = (village: string) => `/villages/${encodeURIComponent(village)}`;

export interface Proposal { kind: 'village' | 'market'; area?: string; place_id?: string; officials?: number; potential?: Potential; day: string; reference?: string }
export interface StepBody { step: StepName; day: string; reference?: string; note?: string }
export interface Correction { day?: string; reference?: string; note?: string; back?: boolean; reason: string }

export const villages = {
  find: (area = '') => get<{ items: VillageRow[]; region?: Region }>('/villages' + query({ area })),
  get: (village: string) => get<Village>(at(village)),
  propose: (body: Proposal, key: string) => post<{ village_id: string }>('/villages', body, { key }),
  change: (village: string, version: number, body: { officials: number; potential: Potential }, key: string) => post<Village>(at(village) + '/change', body, { key, ifMatch: `"${version}"` }),
  step: (village: string, body: StepBody, key: string) => post<Village>(at(village) + '/steps', body, { key }),
  correct: (village: string, step: StepName, body: Correction, key: string) => post<Village>(`${at(village)}/steps/${step}/correction`, body, { key }),
  dialogue: (village: string, campaign: string, key: string) => post<Village>(at(village) + '/dialogues', { campaign_id: campaign }, { key }),
  judge: (village: string, key: string) => post<Village>(at(village) + '/judgement', {}, { key }),
  renew: (village: string, key: string) => post<Village>(at(village) + '/address', {}, { key }),
  /** Campaigns of the kind dialogue that the office may add. */
  dialogues: () => get<{ items: { campaign_id: string; name: string; place_name?: string; opens_at: string }[] }>('/campaigns?kind=dialogue'),
  /** Registers the village government as an employer: its officials are wage workers. */
  government: (v: Village, contact: string, key: string) =>
    post<{ employer_id: string }>('/employers', { kind: 'village_government', name: `Pemerintah Desa ${v.name}`, area: v.area, sector: 'government', risk_class: 1, size_class: 'small', contact_name: contact }, { key }),
  public: async (token: string) => (await call<PublicVillage>('GET', `/public/villages/${encodeURIComponent(token)}`)).data
};
