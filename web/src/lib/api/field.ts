/** The wire types of an agent's day, and the routes that a phone in the market calls. */
import type { Envelope } from '../offline/envelope';
import type { OfficeKey } from '../offline/office';
import { call, get, post, type Answer } from './client';

export type Power = 'register' | 'cash';
export type CertificateState = 'valid' | 'suspended' | 'revoked' | 'expired' | 'not_begun' | 'none';

export interface CertificateKey {
  key_id: string;
  /** SPKI, base64. */
  public_key: string;
}

/** One's own certificate; of one who has none only the state is told. */
export interface Certificate {
  number?: string;
  name?: string;
  office?: string;
  powers?: Power[];
  from?: string;
  until?: string;
  state: CertificateState;
  token?: string;
  /** Where the certificate is looked up, with the token behind the hash. */
  address?: string;
  /** Makes the codes of a minute; base64. */
  code_secret?: string;
  keys?: CertificateKey[];
  revocations_as_of?: string;
  server_time?: string;
}

export type LotOutcome = 'registered' | 'member' | 'back' | 'closed' | 'refused' | 'visited';

export interface FieldLot {
  number: string;
  outcome?: LotOutcome | '';
  back_at?: string;
}

export interface FieldLane {
  lane_id: string;
  name: string;
  trade: string;
  mine: boolean;
  lots: FieldLot[];
}

export interface FieldCampaign {
  campaign_id: string;
  name: string;
  state: 'planned' | 'open' | 'paused' | 'closed' | 'sealed' | 'cancelled';
  opens_at: string;
  closes_at: string;
  /** What arrives later is not counted. */
  seals_at?: string;
  place_id: string;
  place_name: string;
  team?: string;
  lanes: FieldLane[];
}

export interface FieldRank {
  rank: number;
  of: number;
  campaign_id: string;
  to_next?: number;
}

/** What an agent's phone carries for the day. */
export interface FieldPack {
  server_time: string;
  certificate: Certificate;
  campaigns: FieldCampaign[];
  own: { registered: number; protected: number; today: number; rank?: FieldRank };
  territory: { kind: string; value: string; label: string }[];
  /** That the office serves, from regencies down. */
  areas?: string[];
  seal: OfficeKey;
}

/** The districts and villages of a regency: code and name, in the order of the codes. */
export interface AreaPack {
  code: string;
  name: string;
  source: string;
  areas: [string, string][];
}

export const field = {
  /** The day's pack; `data` is undefined when it is still the one of this tag. */
  pack: (tag?: string): Promise<Answer<FieldPack | undefined>> => call<FieldPack | undefined>('GET', '/field', { ifNoneMatch: tag, timeout: 20_000 }),
  areas: (regency: string, tag?: string) => call<AreaPack | undefined>('GET', `/packs/areas/${encodeURIComponent(regency)}`, { ifNoneMatch: tag }),
  sealKey: () => get<OfficeKey>('/packs/seal'),
  /** Opens, for its sender, what a phone sealed to the office. */
  open: <T>(id: string, sealed: Envelope) => post<{ body: T }>('/sealed/open', { id, sealed })
};
