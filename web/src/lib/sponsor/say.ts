import { date, maybe, month, t, type Key } from '../i18n/index.svelte';
import type { AgreementHead, RowFinding, SponsorKind } from './types';

export const kindWords = (kind: SponsorKind): string => t(`sponsor.kind.${kind}` as Key);
/** `Desember 2026–November 2027`. */
export const spanOf = (from: string, to: string): string => (from === to ? month(from) : `${month(from)}–${month(to)}`);
/** `12 bulan, JKK dan JKM`. */
export const boughtWords = (a: Pick<AgreementHead, 'months' | 'programs'>): string => t('sponsor.bought', { n: a.months, programs: listOf(a.programs) });
/** `a`, `a dan b`, `a, b dan c`. */
export const listOf = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : t('sponsor.and', { first: names.slice(0, -1).join(', '), last: names.at(-1)! });
/** A day of a list in words; any other text as it is. */
export const dayWords = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) ? date(text) : text);
/** What is suggested, unless the sentence has said it. */
export const suggested = (f: Pick<RowFinding, 'message' | 'suggestion' | 'choices'>): string | undefined => (f.suggestion && !f.choices?.length && !f.message.includes(f.suggestion) ? dayWords(f.suggestion) : undefined);
/** A column of the list by its name there. */
export const columnWords = (field: string | undefined): string => (field ? (maybe(`sponsor.column.${field}`) ?? field) : t('sponsor.column.row'));
