/** What a ceremony hands over: an agreement, and who receives it for all. */
import { get, post } from '../api/client';
import type { Report } from '../sponsor/follow_api';

export interface Recipient { worker_id: string; registration_no: string; name: string; village: string; consent: boolean }
export interface Handover { campaign_id: string; state: string; opens_at: string; report?: Report; recipients: Recipient[]; may_manage: boolean }
export interface HandoverBody { sponsor_id: string; agreement_id: string; recipients: { worker_id: string; consent: boolean }[] }

/** As many can receive in one ceremony. */
export const MOST = 50;
const at = (campaign: string) => '/handovers/' + encodeURIComponent(campaign);

export const handovers = {
  get: (campaign: string) => get<Handover>(at(campaign)),
  set: (campaign: string, body: HandoverBody, key: string) => post<Handover>(at(campaign), body, { key })
};

/** The path of what an official hands out, as a PDF. */
export const sheetOf = (campaign: string, lang: string): string => `/api/v1${at(campaign)}/document?lang=${lang}`;
