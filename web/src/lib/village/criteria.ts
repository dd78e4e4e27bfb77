import { query } from '../api';
import { call, get } from '../api/client';
import type { Colour, Criteria, Reason } from './types';

export const CRITERIA = ['officials_percent', 'dialogues', 'coverage_percent', 'months', 'warn_points', 'warn_months'] as const;
export type Criterion = (typeof CRITERIA)[number];

/** What other criteria would do to today's statuses. */
export interface Trial {
  looked: number;
  more: boolean;
  from: Partial<Record<Colour, number>>;
  to: Partial<Record<Colour, number>>;
  turns: { village_id: string; name: string; regency: { code: string; name: string }; office_name: string; from: Colour; to: Colour; reasons: Reason[] }[];
}

type Kept = Criteria & { is_default: boolean };

export const criteria = {
  get: () => get<Kept>('/villages/criteria'),
  try: (c: Criteria) => get<Trial>('/villages/criteria/trial' + query({ ...c })),
  set: async (c: Criteria, key: string) => (await call<Kept>('PUT', '/villages/criteria', { body: c, key })).data
};
