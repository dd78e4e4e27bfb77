import { query } from '../api';
import type { Board } from '../board/types';
import { call, get, post } from '../api/client';
import type { Campaign, CampaignChange, CampaignRow, LaneDraft, Lanes, NewCampaign, Result, Team } from './types';

const id = encodeURIComponent;
type Listed<T> = { items: T[]; next_cursor?: string };

/** What a team is when it is sent: its members by account. */
export type TeamDraft = Pick<Team, 'team_id' | 'name' | 'lanes'> & { members: string[] };

const DAY = 86_400_000;
/** A screen of an event goes out a week after its result; one of an event that is long over stands for a day. */
const untilOf = (closes: string): string | undefined => (Date.parse(closes) + 7 * DAY < Date.now() ? new Date(Date.now() + DAY).toISOString() : undefined);

/** Every route of campaigns, one line each. */
export const campaigns = {
  find: (values: { state?: string; kind?: string; from?: string; until?: string; cursor?: string } = {}) => get<Listed<CampaignRow>>('/campaigns' + query(values)),
  add: (body: NewCampaign, key: string) => post<{ campaign_id: string }>('/campaigns', body, { key }),
  get: (campaign: string) => call<Campaign>('GET', `/campaigns/${id(campaign)}`),
  change: (campaign: string, body: CampaignChange, ifMatch?: string) => call<unknown>('POST', `/campaigns/${id(campaign)}/plan`, { body, ifMatch }),
  teams: (campaign: string, teams: TeamDraft[], ifMatch?: string) => call<unknown>('POST', `/campaigns/${id(campaign)}/teams`, { body: { teams }, ifMatch }),
  state: (campaign: string, to: 'open' | 'paused' | 'closed' | 'cancelled', reason?: string) =>
    post<unknown>(`/campaigns/${id(campaign)}/state`, reason ? { to, reason } : { to }),
  lanes: (place: string) => get<Lanes>(`/places/${id(place)}/lanes`),
  drawLanes: (place: string, lanes: LaneDraft[]) => call<unknown>('PUT', `/places/${id(place)}/lanes`, { body: { lanes } }),
  board: (campaign: string) => get<Board>(`/campaigns/${id(campaign)}/board`),
  openKiosk: (campaign: string, closes: string, name: string) =>
    post<{ kiosk_id: string; token: string; path: string }>(`/campaigns/${id(campaign)}/kiosks`, { name, until: untilOf(closes) }),
  closeKiosk: (campaign: string, kiosk: string) => call<void>('DELETE', `/campaigns/${id(campaign)}/kiosks/${id(kiosk)}`),
  result: (campaign: string) => get<Result>(`/campaigns/${id(campaign)}/result`),
  decide: (campaign: string, operation: string, decision: 'counted' | 'set_aside', reason: string) =>
    post<unknown>(`/campaigns/${id(campaign)}/captures/${id(operation)}/decision`, { decision, reason })
};

/** The path of the evaluation as a PDF. */
export const pdfOf = (campaign: string, lang: string): string => `/campaigns/${id(campaign)}/document?lang=${lang}`;
