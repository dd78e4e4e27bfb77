import { addMonths } from '../i18n/format';
import type { Agreement, AgreementBody, Program, SponsorKind, Terms } from './types';

/** An agreement while it is written: texts as they stand in the fields. */
export interface Draft {
  kind: SponsorKind | '';
  number: string;
  decree: string;
  first: string;
  months: string;
  programs: Program[];
  amount: number | undefined;
  people: string;
  area: { code: string; label: string }[];
  domicile: { code: string; label: string }[];
  income: number | undefined;
  occupations: string;
  decile: string;
  each: string;
  /** Places of single villages, as they were agreed; they are kept. */
  quota?: Record<string, number>;
}

export const emptyDraft = (today: string): Draft => ({
  kind: '', number: '', decree: '', first: addMonths(today.slice(0, 7), 1), months: '12', programs: ['JKK', 'JKM'], amount: undefined, people: '', area: [], domicile: [],
  income: undefined, occupations: '', decile: '', each: ''
});

export function draftOf(a: Agreement, label: (code: string) => string): Draft {
  const named = (code: string) => ({ code, label: label(code) });
  return {
    kind: a.kind, number: a.number, decree: a.decree ?? '', first: a.first_month, months: String(a.months), programs: [...a.programs], amount: a.ceiling_amount, people: String(a.ceiling_people),
    area: a.terms.area ? [named(a.terms.area)] : [], domicile: (a.terms.domicile ?? []).map(named), income: a.terms.income_ceiling || undefined,
    occupations: (a.terms.occupations ?? []).join(', '), decile: a.terms.max_decile ? String(a.terms.max_decile) : '', each: a.terms.quota_each ? String(a.terms.quota_each) : '', quota: a.terms.quota
  };
}

/** Budgets of a government name their people by a decree. */
export const isPublic = (kind: SponsorKind | ''): boolean => kind === 'apbd' || kind === 'province' || kind === 'apbdes';
/** A whole number as it was typed; 0 when there is none. */
export const whole = (text: string): number => Number(text.replace(/\D/g, '')) || 0;

function termsOf(d: Draft): Terms | undefined {
  const occupations = d.occupations.split(',').map((o) => o.trim()).filter(Boolean);
  const terms: Terms = {
    ...(d.area[0] ? { area: d.area[0].code } : {}), ...(d.domicile.length ? { domicile: d.domicile.map((p) => p.code) } : {}), ...(d.income ? { income_ceiling: d.income } : {}),
    ...(occupations.length ? { occupations } : {}), ...(whole(d.decile) ? { max_decile: whole(d.decile) } : {}), ...(whole(d.each) ? { quota_each: whole(d.each) } : {}), ...(d.quota ? { quota: d.quota } : {})
  };
  return Object.keys(terms).length ? terms : undefined;
}

export function bodyOf(d: Draft): AgreementBody {
  const terms = termsOf(d);
  return {
    kind: d.kind as SponsorKind, number: d.number.trim(), ...(d.decree.trim() ? { decree: d.decree.trim() } : {}), first_month: d.first, months: whole(d.months), programs: d.programs,
    ceiling_amount: d.amount ?? 0, ceiling_people: whole(d.people), ...(terms ? { terms } : {})
  };
}

export type DraftField = 'kind' | 'number' | 'decree' | 'months' | 'programs' | 'ceiling_amount' | 'ceiling_people';
/** What has to be there before it is sent; the office judges the rest. */
export const missing = (d: Draft): DraftField[] =>
  ([
    ['kind', !d.kind], ['number', !d.number.trim()], ['decree', isPublic(d.kind) && !d.decree.trim()], ['months', !whole(d.months)], ['programs', !d.programs.length],
    ['ceiling_people', !whole(d.people)], ['ceiling_amount', !d.amount]
  ] as [DraftField, boolean][]).filter(([, empty]) => empty).map(([field]) => field);

/** The months that an agreement can begin with, the earliest first. */
export function firstMonths(today: string, chosen: string): string[] {
  const list = Array.from({ length: 28 }, (_, n) => addMonths(today.slice(0, 7), n - 3));
  return list.includes(chosen) ? list : [...list, chosen].sort();
}
