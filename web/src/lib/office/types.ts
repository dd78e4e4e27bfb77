import type { HistoryItem } from '../api';

/** The wire types of offices and of the areas that they serve. */
export type OfficeKind = 'fund' | 'region' | 'branch' | 'sub_branch';

export interface ServedArea {
  /** Dotted; empty is the whole country. */
  code: string;
  label: string;
  from: string;
  /** The last day; none while it lasts. */
  to?: string;
}

export interface OfficeRow {
  office_id: string;
  parent_id?: string;
  name: string;
  /** Whom to call. */
  phone?: string;
  kind: OfficeKind;
  zone: string;
  /** Served today. */
  areas: ServedArea[];
  accounts: number;
  agents: number;
  closed_from?: string;
}

export type When = 'past' | 'now' | 'coming';

export interface OfficePage extends OfficeRow {
  dated_areas: (ServedArea & { when: When })[];
  history: HistoryItem[];
  /** The day at the office. */
  today: string;
}

export interface NewOffice {
  parent_id: string;
  kind: OfficeKind;
  name: string;
  phone?: string;
  zone: string;
  areas: string[];
}
