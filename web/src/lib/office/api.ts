import { get, post } from '../api/client';
import type { NewOffice, OfficePage, OfficeRow } from './types';

const at = (office: string) => `/offices/${encodeURIComponent(office)}`;

export const offices = {
  find: () => get<{ items: OfficeRow[] }>('/offices'),
  get: (office: string) => get<OfficePage>(at(office)),
  add: (body: NewOffice, key: string) => post<OfficePage>('/offices', body, { key }),
  areas: (office: string, areas: string[], from: string, key: string) => post<OfficePage>(at(office) + '/areas', { areas, from }, { key }),
  rename: (office: string, name: string, key: string) => post<OfficePage>(at(office) + '/name', { name }, { key }),
  phone: (office: string, phone: string, key: string) => post<OfficePage>(at(office) + '/phone', { phone }, { key }),
  close: (office: string, key: string) => post<OfficePage>(at(office) + '/closing', {}, { key })
};
