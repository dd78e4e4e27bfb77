/** The wire types of what surrounds a campaign: guests, costs, questions, partners, leads. */
import type { CampaignRow } from '../campaign/types';

export const CAMPAIGN_KINDS = ['dialogue', 'jamboree', 'job_fair', 'handover', 'class', 'sweep', 'gathering', 'consultation'] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];
export const GUEST_KINDS = ['official', 'union', 'company', 'tripartite', 'association', 'bank', 'community', 'press', 'recipient', 'other'] as const;
export type GuestKind = (typeof GUEST_KINDS)[number];
export type GuestState = 'invited' | 'accepted' | 'declined' | 'attended';
export const PARTNER_KINDS = ['association', 'union', 'tripartite', 'labour_office', 'bank', 'school', 'company', 'community', 'government'] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];
export const LEAD_STATES = ['contacted', 'interested', 'appointment', 'registered', 'refused'] as const;
export type LeadState = (typeof LEAD_STATES)[number];

export interface Guest { guest_id: string; kind: GuestKind; name: string; organisation?: string; position?: string; heads: number; came: number; state: GuestState }
export interface GuestCount { invited: number; accepted: number; declined: number; came: number }
export interface Attendance extends GuestCount { questions: number; kinds: (GuestCount & { kind: GuestKind })[] }
export interface Guests { campaign_name: string; items: Guest[]; attendance: Attendance; may_manage: boolean; may_mark: boolean }
export interface NewGuest { kind: GuestKind; name: string; organisation?: string; position?: string; heads?: number }

export interface Cost { cost_id: string; what: string; planned: number; spent: number }
export interface Question { question_id: string; kind: GuestKind; asked: string; answered?: string }
export interface Funnel { contacted: number; interested: number; registered: number; paid: number; protected: number; kept: { months: number; of: number; kept: number }[] }

export interface ChildFunnel extends Funnel { campaign_id: string; name: string; kind: CampaignKind }

export interface Around {
  parent?: CampaignRow;
  partner?: { partner_id: string; name: string; kind: PartnerKind };
  children: CampaignRow[];
  budget: number;
  planned: number;
  spent: number;
  costs: Cost[];
  questions: Question[];
  attendance: Attendance;
  funnel: Funnel;
  /** Of each child with its own children. */
  funnels: ChildFunnel[];
  may_manage: boolean;
}

export interface PartnerBody { kind: PartnerKind; name: string; contact_name: string; contact_phone?: string; agreement?: string; from?: string; until?: string; note?: string }
export interface PartnerRow extends PartnerBody { partner_id: string; office_name: string; agreed: boolean; campaigns: number; leads: number; became: number; sponsors: number }
export interface Partner extends PartnerRow { version: number; organises: CampaignRow[]; pays: { sponsor_id: string; name: string }[]; may_manage: boolean }

export interface LeadBody { name: string; phone?: string; business?: string; state?: LeadState; next_day?: string; note?: string; campaign_id?: string; partner_id?: string; stand_id?: string }
export interface Lead extends LeadBody { lead_id: string; state: LeadState; phone_hidden?: boolean; stand?: string; area_name?: string; agent_name: string; campaign_name?: string; partner_name?: string; worker_id?: string; taken_at: string; erased_at?: string }
export interface Leads { items: Lead[]; counts: Record<LeadState, number>; next_cursor?: string }
