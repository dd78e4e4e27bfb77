import { speak } from '../api/client';
import * as f from './format';
import { fill, type Args } from './fill';
import { group, type Group } from './group';
import id from './id.d/core.json';
import type { Key } from './keys';

export type { Key } from './keys';
export type { Lang } from './format';

const STORE = 'jaring.lang';
const core = group(id, () => import('./en.d/core.json'));
const groups = new Set<Group>();
const state = $state<{ lang: f.Lang; zone: string; today: string }>({
  lang: safely(() => localStorage.getItem(STORE)) === 'en' ? 'en' : 'id', zone: 'Asia/Jakarta', today: f.dayOf(Date.now(), 'Asia/Jakarta')
});
let texts = $state.raw<Record<string, string>>(id);
speak(() => state.lang);

/** The load of a route: its words are there, in the language now, before it is drawn. */
export function words(...wanted: Group[]): () => Promise<void> {
  return () => bring([core, ...wanted]);
}

/** Adds the words of groups that are not there yet. */
async function bring(wanted: Group[]): Promise<void> {
  const fresh = wanted.filter((g) => !groups.has(g));
  if (!fresh.length) return;
  const found = await Promise.all(fresh.map((g) => textsOf(g, state.lang)));
  fresh.forEach((g) => groups.add(g));
  texts = Object.assign({}, texts, ...found);
  document.documentElement.lang = state.lang;
}

/** A group's words. Without English, away from the network, the Indonesian stand. */
async function textsOf(g: Group, lang: f.Lang): Promise<Record<string, string>> {
  return lang === 'en' ? g.en().then((m) => m.default, () => g.id) : g.id;
}

/** Changes the language of all that is on the screen, and of what the server says next. */
export async function setLanguage(lang: f.Lang): Promise<void> {
  const found = await Promise.all([...groups].map((g) => textsOf(g, lang)));
  texts = Object.assign({}, ...found);
  state.lang = lang;
  document.documentElement.lang = lang;
  safely(() => localStorage.setItem(STORE, lang));
}

/** The office's zone and day, from the session. */
export function setOffice(zone: string, today: string): void {
  state.zone = zone;
  state.today = today;
}

/** The language now. Reading it in a template makes the template follow. */
export const lang = (): f.Lang => state.lang;
export const today = (): string => state.today;
export const zone = (): string => state.zone;

/** The text of key in the language now. */
export function t(key: Key, args?: Args): string {
  return fill(texts[key] ?? key, args, (n) => f.number(n, state.lang));
}

/** The text of a key made at run time; undefined when there is none. */
export function maybe(key: string, args?: Args): string | undefined {
  return key in texts ? t(key as Key, args) : undefined;
}

export const number = (n: number) => f.number(n, state.lang);
export const rupiah = (n: number) => f.rupiah(n, state.lang);
export const rupiahBig = (n: number) => f.rupiahBig(n, state.lang);
export const percent = (share: number, digits = 0) => f.percent(share, state.lang, digits);
export const date = (iso: string) => f.date(iso, state.lang);
export const dateShort = (iso: string) => f.dateShort(iso, state.lang);
export const dateLong = (iso: string) => f.dateLong(iso, state.lang);
export const month = (iso: string) => f.month(iso, state.lang);
export const monthShort = (iso: string) => f.monthShort(iso, state.lang);
export const monthNames = () => f.monthNames(state.lang);
export const time = (moment: string | number | Date) => f.time(moment, state.lang, state.zone);
export const dateTime = (moment: string | number | Date) => f.dateTime(moment, state.lang, state.zone);
/** The office's day of a moment. */
export const dayOf = (moment: string | number | Date) => f.dayOf(moment, state.zone);

function safely<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
