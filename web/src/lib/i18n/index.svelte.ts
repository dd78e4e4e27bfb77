import { speak } from '../api/client';
import * as f from './format';
import { fill, type Args } from './fill';
import id from './id.json';

export type Key = keyof typeof id;
export type { Lang } from './format';
type Catalogue = Record<Key, string>;

const STORE = 'jaring.lang';
const state = $state<{ lang: f.Lang; zone: string; today: string; texts: Catalogue }>({
  lang: 'id', zone: 'Asia/Jakarta', today: f.dayOf(Date.now(), 'Asia/Jakarta'), texts: id
});
speak(() => state.lang);

/** Reads the language chosen before; Indonesian when none was. */
export async function startLanguage(): Promise<void> {
  const kept = safely(() => localStorage.getItem(STORE));
  if (kept === 'en') await setLanguage('en');
  else document.documentElement.lang = 'id';
}

/** Changes the language of all that is on the screen, and of what the server says next. */
export async function setLanguage(lang: f.Lang): Promise<void> {
  const texts = lang === 'en' ? ((await import('./en.json')).default as Catalogue) : id;
  state.texts = texts;
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
  return fill(state.texts[key] ?? key, args, (n) => f.number(n, state.lang));
}

/** The text of a key made at run time; undefined when there is none. */
export function maybe(key: string, args?: Args): string | undefined {
  return key in state.texts ? t(key as Key, args) : undefined;
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
