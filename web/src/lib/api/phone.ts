/** The wire types of phones: devices, and the answers to a batch. */
import type { Finding } from './types';

export interface Device {
  device_id: string;
  name: string;
  enrolled_at: string;
  revoked_at?: string;
}

export type OutcomeKind = 'accepted' | 'same' | 'review' | 'held' | 'refused' | 'conflict';

export interface Outcome {
  id: string;
  outcome: OutcomeKind;
  /** For same: what the first answer was. */
  first?: OutcomeKind;
  worker_id?: string;
  registration_no?: string;
  findings?: Finding[];
  detail?: string;
  /** Of money that an agent took: what it was paid from. */
  paid_from?: 'cash' | 'float';
}

export interface SyncAnswer {
  outcomes: Outcome[];
  server_time: string;
  pack_version?: string;
}
