/** The wire types of agents: applications, classes, certificates, kit, territory. */
export type ApplicationState = 'received' | 'presented' | 'accepted' | 'waiting_list' | 'rejected' | 'withdrawn';

export interface Application {
  application_id: string;
  application_no: string;
  name: string;
  phone: string;
  village?: string;
  village_name?: string;
  background: string;
  prospects: number;
  prospects_where?: string;
  state: ApplicationState;
  /** The personal data is not kept any more. */
  emptied?: boolean;
  reason?: string;
  applied_at: string;
  presented_at?: string;
  office_id: string;
  office_name: string;
}

export type ClassState = 'planned' | 'running' | 'closed';

export interface ClassRow {
  class_id: string;
  name: string;
  office_id: string;
  office_name: string;
  from: string;
  to: string;
  place_id?: string;
  place?: string;
  state: ClassState;
  seats: number;
  taken: number;
  passed: number;
}

export interface Seat {
  application_id: string;
  name: string;
  office_id: string;
  office_name: string;
  badge: string;
  days: { day: string; at: string }[];
  test_score?: number;
  practice?: 'done' | 'not_done' | '';
  result?: 'passed' | 'failed' | '';
  note?: string;
  account_id?: string;
  certificate?: { number: string; state: CertificateState };
}

export interface AgentClass extends Omit<ClassRow, 'seats'> {
  pass_mark: number;
  quotas: { office_id: string; office_name: string; seats: number; taken: number }[];
  days: string[];
  seats: Seat[];
  version: number;
}

export type CertificateState = 'valid' | 'suspended' | 'revoked' | 'expired' | 'not_begun' | 'none';
export type Power = 'register' | 'cash';

export interface Certificate {
  number: string;
  state: CertificateState;
  from: string;
  until: string;
  powers: Power[];
  reason?: string;
  state_at?: string;
}

export interface AgentRow {
  account_id: string;
  name: string;
  office_id: string;
  office_name: string;
  certificate?: Certificate;
  registered: number;
  protected: number;
  territory: string[];
  kit: number;
}

export interface KitHeld { kit_id: string; kind: string; serial: string; since: string }

export interface TerritoryPart { kind: 'village' | 'place'; value: string; label: string; from: string }

export interface Agent extends Omit<AgentRow, 'territory' | 'kit'> {
  login: string;
  phone?: string;
  has_photo?: boolean;
  certificates: Certificate[];
  kit: KitHeld[];
  territory: TerritoryPart[];
  class?: { class_id: string; name: string };
}

export type KitState = 'in_store' | 'handed_out' | 'lost' | 'worn_out';

export interface KitItem {
  kit_id: string;
  kind: string;
  serial: string;
  office_id: string;
  state: KitState;
  account_id?: string;
  agent_name?: string;
  since: string;
  note?: string;
}

/** An office as everybody may see it. */
export interface PublicOffice { office_id: string; name: string; kind: string }

/** What a class's certificates came to: passwords are shown this once. */
export interface Issued { application_id: string; account_id?: string; name: string; login: string; one_time_password?: string; number: string }
