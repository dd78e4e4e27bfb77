import type { Problem } from '../api';
import { isoDay, realDay } from '../nik/nik';
import type { DateParts } from '../ui/DateField.svelte';
import type { Note } from '../ui/note';
import type { OfficeKind, OfficePage, OfficeRow } from './types';

/** From the top down. */
export const KINDS: OfficeKind[] = ['fund', 'region', 'branch', 'sub_branch'];
export const ZONES = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'];
/** The last part of its name, by which a zone has its words. */
export const zoneKey = (zone: string): string => zone.slice(zone.indexOf('/') + 1).toLowerCase();

/** The kinds that may lie under an office of a kind: the smaller ones. */
export const kindsUnder = (kind: OfficeKind): OfficeKind[] => KINDS.slice(KINDS.indexOf(kind) + 1);

/** How deep each office lies below the uppermost that is shown; offices come each before those below it. */
export function depths(offices: readonly OfficeRow[]): Map<string, number> {
  const deep = new Map<string, number>();
  for (const o of offices) deep.set(o.office_id, o.parent_id !== undefined && deep.has(o.parent_id) ? deep.get(o.parent_id)! + 1 : 0);
  return deep;
}

/** Offices whose name or area holds the text, with those above them, so that the tree stays one. */
export function sift(offices: readonly OfficeRow[], text: string): OfficeRow[] {
  const wanted = text.trim().toLowerCase();
  const byId = new Map(offices.map((o) => [o.office_id, o]));
  const shown = new Set<string>();
  for (const o of offices) {
    if (!`${o.name} ${o.areas.map((a) => a.label).join(' ')}`.toLowerCase().includes(wanted)) continue;
    for (let at: OfficeRow | undefined = o; at && !shown.has(at.office_id); at = byId.get(at.parent_id ?? '')) shown.add(at.office_id);
  }
  return offices.filter((o) => shown.has(o.office_id));
}

/** The areas that an office serves on a day as things stand, for the form that changes them from that day on. */
export const servedOn = (office: Pick<OfficePage, 'dated_areas'>, day: string) =>
  office.dated_areas.filter((a) => a.from <= day && (!a.to || a.to >= day)).map(({ code, label }) => ({ code, label }));

/** What is planned for after a day, and would be replaced by a change from that day on. */
export const plannedAfter = (office: Pick<OfficePage, 'dated_areas'>, day: string) =>
  office.dated_areas.filter((a) => a.from > day || (a.from <= day && !!a.to && a.to >= day));

/** What the office found wrong with an area by its place in the list; without one, with the list. */
export const areaNotes = (problem: Problem | undefined, n?: number): Note[] =>
  (problem?.findings ?? []).filter((f) => f.pointer === (n === undefined ? '/areas' : `/areas/${n}`)).map((f) => ({ code: f.code, verdict: 'reject', text: f.detail || f.code }));

export function partsOf(day: string): DateParts {
  const [y = '', m = '', d = ''] = day.split('-');
  return { d: String(Number(d)), m: String(Number(m)), y };
}

/** The day that the three boxes say; empty when there is no such day. */
export const dayOfParts = (p: DateParts): string => (realDay(Number(p.y), Number(p.m), Number(p.d)) ? isoDay(Number(p.y), Number(p.m), Number(p.d)) : '');
