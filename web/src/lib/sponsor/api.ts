import { query } from '../api';
import { call, get, post } from '../api/client';
import type { Listed } from '../money/api';
import type { Settlement } from '../money/types';
import type { Agreement, AgreementBody, Mending, NewSponsor, Roster, RosterPerson, RowFinding, Sponsor, TakeAll } from './types';

const id = encodeURIComponent;
const at = (sponsor: string, agreement: string) => `/sponsors/${id(sponsor)}/agreements/${id(agreement)}`;
/** A list of a million rows takes its time on a slow line. */
const SENDING = 15 * 60_000;
const bytes = (file: File) => new Blob([file], { type: 'application/octet-stream' });

export const sponsors = {
  find: (q = '', cursor?: string) => get<Listed<Sponsor>>('/sponsors' + query({ q, cursor })),
  get: (sponsor: string) => get<Sponsor>(`/sponsors/${id(sponsor)}`),
  add: (body: NewSponsor, key: string) => post<Sponsor>('/sponsors', body, { key })
};

export const agreements = {
  get: (sponsor: string, agreement: string) => call<Agreement>('GET', at(sponsor, agreement)),
  add: (sponsor: string, body: AgreementBody, key: string) => post<Agreement>(`/sponsors/${id(sponsor)}/agreements`, body, { key }),
  change: (sponsor: string, agreement: string, body: AgreementBody, key: string, ifMatch?: string) => post<Agreement>(at(sponsor, agreement) + '/change', body, { key, ifMatch }),
  approve: (sponsor: string, agreement: string, key: string, ifMatch?: string) => post<Agreement>(at(sponsor, agreement) + '/approval', {}, { key, ifMatch })
};

export const rosters = {
  send: (sponsor: string, agreement: string, file: File, key: string, signal?: AbortSignal) =>
    post<Roster>(at(sponsor, agreement) + '/rosters' + query({ name: file.name.slice(-120) }), undefined, { raw: bytes(file), key, signal, timeout: SENDING }),
  replace: (roster: string, file: File, key: string, signal?: AbortSignal) =>
    post<Roster>(`/rosters/${id(roster)}/file` + query({ name: file.name.slice(-120) }), undefined, { raw: bytes(file), key, signal, timeout: SENDING }),
  get: (roster: string) => get<Roster>(`/rosters/${id(roster)}`),
  findings: (roster: string, kind?: { code: string; field?: string; verdict: string }, cursor?: string) =>
    get<Listed<RowFinding>>(`/rosters/${id(roster)}/findings` + query({ code: kind?.code, field: kind?.field, verdict: kind && kind.verdict !== 'pass' ? kind.verdict : undefined, cursor })),
  /** One row beside the file; a NIK that is typed goes in the body alone. */
  mend: (roster: string, row: number, body: Mending, key: string) => post<Roster>(`/rosters/${id(roster)}/rows/${row}/mend`, body, { key, timeout: 30_000 }),
  take: (roster: string, body: TakeAll, key: string) => post<Roster>(`/rosters/${id(roster)}/mend`, body, { key, timeout: 60_000 }),
  people: (roster: string, cursor?: string) => get<Listed<RosterPerson>>(`/rosters/${id(roster)}/people` + query({ cursor })),
  /** The spreadsheet as it was sent, with a column of findings. */
  sheet: (roster: string) => get<Blob>(`/rosters/${id(roster)}/findings.xlsx`, { timeout: 120_000 }),
  withdraw: (roster: string, reason: string, key: string) => post<Roster>(`/rosters/${id(roster)}/withdrawal`, { reason }, { key }),
  cancel: (roster: string, key: string) => post<Roster>(`/rosters/${id(roster)}/cancellation`, {}, { key }),
  approve: (roster: string, seen: { version: number; people: number; amount: number }, key: string) => post<Roster>(`/rosters/${id(roster)}/approval`, seen, { key }),
  settle: (roster: string, body: Settlement, key: string) => post<Roster>(`/rosters/${id(roster)}/settlement`, body, { key, timeout: 30_000 })
};
