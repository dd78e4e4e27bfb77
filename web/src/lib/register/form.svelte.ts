import type { ConsentChannel, Finding, Heir, Program, Registration, Sector, Sex } from '../api';
import { isoDay } from '../nik/nik';

/** The stall of a sweep where the person is registered. */
export interface FormLot {
  campaign: string;
  lane: string;
  laneName: string;
  number: string;
}

/** What has been typed so far. It is plain data: the draft is kept from it on each keystroke. */
export interface FormData {
  /** The operation's id: the same through every retry, so the office counts it once. */
  id: string;
  step: number;
  nik: string;
  name: string;
  birth: { d: string; m: string; y: string };
  sex: Sex | undefined;
  phone: string;
  villageText: string;
  village: string | undefined;
  address: string;
  birthPlace: string;
  mother: string;
  heirName: string;
  heirRelation: Heir['relation'] | '';
  occupation: string;
  sector: Sector | undefined;
  workplaceText: string;
  workplace: string | undefined;
  incomeKind: 'lowest' | 'known' | undefined;
  income: number | undefined;
  jht: boolean;
  months: number;
  channel: ConsentChannel | undefined;
  agreed: boolean;
  agreedAt: string;
  confirmed: string[];
  /** The sweep that the registration counts for. */
  campaign: string | undefined;
  lot: FormLot | undefined;
  /** The contact note from which the form was opened. */
  lead: string | undefined;
  /** The refused record that this one mends. */
  mends: string | undefined;
}

/** What the phone alone asks; the office is not told of it. */
const OWN_QUESTIONS = ['nik.seen_here'];

export const emptyForm = (id: string): FormData => ({
  id, step: 0, nik: '', name: '', birth: { d: '', m: '', y: '' }, sex: undefined, phone: '', villageText: '', village: undefined,
  address: '', birthPlace: '', mother: '', heirName: '', heirRelation: '', occupation: '', sector: undefined, workplaceText: '', workplace: undefined, incomeKind: undefined,
  income: undefined, jht: false, months: 3, channel: undefined, agreed: false, agreedAt: '', confirmed: [], campaign: undefined, lot: undefined, lead: undefined, mends: undefined
});

/** The steps of the form and the wire fields that each asks for. */
export const STEPS = [
  { key: 'identity', fields: ['nik', 'name', 'birth_date', 'sex'] },
  { key: 'contact', fields: ['phone', 'village', 'address', 'birth_place', 'mother_name', 'heirs'] },
  { key: 'work', fields: ['occupation', 'sector', 'monthly_income', 'lowest_band', 'income', 'kind', 'workplace_id', 'lot', 'campaign_id'] },
  { key: 'dues', fields: ['months', 'programs'] },
  { key: 'consent', fields: ['consent'] }
] as const;
export type StepKey = (typeof STEPS)[number]['key'];

export const stepOf = (field: string): number => Math.max(0, STEPS.findIndex((s) => (s.fields as readonly string[]).includes(field)));

/** The element that a finding's link focuses. */
export function targetOf(field: string, f: FormData): string {
  if (field === 'monthly_income' && f.incomeKind === 'known') return field;
  return { monthly_income: 'income_kind', lowest_band: 'income_kind', income: 'income_kind', sector: 'occupation', kind: 'occupation', workplace_id: 'workplace', lot: 'lot_number', campaign_id: 'lot_lane' }[field] ?? field;
}

/** The birth date typed, `1984-05-14`; undefined while it is not whole. */
export function birthDate(f: FormData): string | undefined {
  const { d, m, y } = f.birth;
  return d && m && y.length === 4 ? isoDay(Number(y), Number(m), Number(d)) : undefined;
}

export const programsOf = (f: FormData): Program[] => (f.jht ? ['JKK', 'JKM', 'JHT'] : ['JKK', 'JKM']);

/** The sector: the question of the work sets it along with the occupation. */
export const sectorNow = (f: FormData): Sector => f.sector ?? 'other';

/** The body of the registration, of what is filled in. */
export function toRegistration(f: FormData, noticeVersion: string): Registration {
  const text = (s: string) => s.trim() || undefined;
  const confirmed = f.confirmed.filter((c) => !OWN_QUESTIONS.includes(c));
  return {
    nik: f.nik,
    name: f.name.trim(),
    birth_date: birthDate(f) ?? '',
    sex: f.sex!,
    occupation: f.occupation.trim(),
    ...(f.incomeKind === 'lowest' ? { lowest_band: true as const } : { monthly_income: f.income }),
    programs: programsOf(f),
    months: f.months,
    consent: { notice_version: noticeVersion, channel: f.channel!, at: f.agreedAt },
    sector: sectorNow(f),
    workplace_id: f.workplace,
    phone: text(f.phone),
    village: f.village,
    address: text(f.address),
    birth_place: text(f.birthPlace),
    mother_name: text(f.mother),
    heirs: f.heirName.trim() ? [{ name: f.heirName.trim(), relation: f.heirRelation || 'other' }] : undefined,
    confirmed: confirmed.length ? confirmed : undefined,
    campaign_id: f.lot?.campaign ?? f.campaign,
    lot: f.lot && { lane_id: f.lot.lane, number: f.lot.number },
    lead_id: f.lead
  };
}

/** A refused registration back into the form, to be mended under an id of its own. */
export function fromRegistration(r: Registration, id: string, mends: string): FormData {
  const [y = '', m = '', d = ''] = r.birth_date.split('-');
  return {
    ...emptyForm(id), mends,
    nik: r.nik, name: r.name, birth: { d: d && String(Number(d)), m: m && String(Number(m)), y }, sex: r.sex, phone: r.phone ?? '',
    village: r.village, villageText: r.village ?? '', address: r.address ?? '', birthPlace: r.birth_place ?? '', mother: r.mother_name ?? '',
    heirName: r.heirs?.[0]?.name ?? '', heirRelation: r.heirs?.[0]?.relation ?? '', occupation: r.occupation, sector: r.sector, workplace: r.workplace_id,
    incomeKind: r.lowest_band ? 'lowest' : 'known', income: r.monthly_income, jht: r.programs.includes('JHT'), months: r.months,
    channel: r.consent.channel, agreed: false, agreedAt: '', confirmed: r.confirmed ?? [],
    campaign: r.campaign_id, lead: r.lead_id,
    lot: r.lot && r.campaign_id ? { campaign: r.campaign_id, lane: r.lot.lane_id, laneName: '', number: r.lot.number } : undefined
  };
}

export type Findings = Record<string, Finding[]>;
