/** What the sixteen digits of a NIK say, and what is odd about them. Nothing here is ever sent or kept. */
export const LENGTH = 16;

export interface Cleaned {
  digits: string;
  /** True when a letter was read as a digit or something was dropped. */
  changed: boolean;
  /** The first character that is no digit and could not be read as one, with its place from 1. */
  bad?: { c: string; i: number };
}

const ALIKE: Record<string, string> = { O: '0', o: '0', I: '1', l: '1', '|': '1' };

/** Reads typed, pasted or scanned text: spaces, dots and hyphens drop, O becomes 0; the caller says so when `changed`. */
export function clean(text: string): Cleaned {
  let digits = '';
  let changed = false;
  let bad: Cleaned['bad'];
  let place = 0;
  for (const c of text.trim()) {
    if (/[\s.\-]/.test(c)) continue;
    place++;
    if (/[0-9]/.test(c)) digits += c;
    else if (ALIKE[c] !== undefined) {
      digits += ALIKE[c];
      changed = true;
    } else bad ??= { c, i: place };
  }
  return { digits, changed, bad };
}

/** 1,57E+15 and the like: digits are lost, nothing can be repaired. */
export function damaged(text: string): boolean {
  return /^\s*\d([.,]\d+)?[eE]\+?\d+\s*$/.test(text) || /^\s*\d{14,}[.,]0+\s*$/.test(text);
}

export interface Meaning {
  province?: string;
  regency?: string;
  district?: string;
  day?: number;
  sex?: 'M' | 'F';
  month?: number;
  /** Two digits: the century is not in a NIK. */
  year?: number;
  serial?: string;
}

/** What is readable of a NIK that may still be incomplete. */
export function meaning(digits: string): Meaning {
  const m: Meaning = {};
  if (digits.length >= 2) m.province = digits.slice(0, 2);
  if (digits.length >= 4) m.regency = digits.slice(0, 4);
  if (digits.length >= 6) m.district = digits.slice(0, 6);
  if (digits.length >= 8) {
    const day = Number(digits.slice(6, 8));
    m.sex = day > 40 ? 'F' : 'M';
    m.day = day > 40 ? day - 40 : day;
  }
  if (digits.length >= 10) m.month = Number(digits.slice(8, 10));
  if (digits.length >= 12) m.year = Number(digits.slice(10, 12));
  if (digits.length === LENGTH) m.serial = digits.slice(12);
  return m;
}

/** The year a two-digit year means: the latest that is not after today's. */
export function fullYear(yy: number, today: string): number {
  const now = Number(today.slice(0, 4));
  const guess = Math.floor(now / 100) * 100 + yy;
  return guess > now ? guess - 100 : guess;
}

/** Digits that hands type to get past a field: one block repeated, or ten in a row equal, rising or falling. */
export function filler(digits: string): boolean {
  if (digits.length !== LENGTH) return false;
  for (let block = 1; block <= 8; block++) {
    if (digits.slice(block) === digits.slice(0, LENGTH - block)) return true;
  }
  return [0, 1, 9].some((step) => {
    let run = 1;
    for (let i = 1; i < LENGTH; i++) {
      run = (Number(digits[i]) - Number(digits[i - 1]) + 10) % 10 === step ? run + 1 : 1;
      if (run >= 10) return true;
    }
    return false;
  });
}

/** Whether the birth part is a day of some year that has been. */
export function birthPossible(m: Meaning, today: string): boolean {
  if (m.day === undefined || m.month === undefined || m.year === undefined) return true;
  const { day, month, year } = m;
  const in1900 = realDay(1900 + year, month, day);
  const in2000 = realDay(2000 + year, month, day);
  return in1900 || (in2000 && isoDay(2000 + year, month, day) <= today);
}

/** Whether the calendar has this day. */
export function realDay(y: number, m: number, d: number): boolean {
  return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m);
}

export const daysIn = (y: number, m: number): number => new Date(Date.UTC(y, m, 0)).getUTCDate();
export const isoDay = (y: number, m: number, d: number): string =>
  `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;

/** The mask: first two digits, the rest hidden. */
export const mask = (digits: string): string => (digits.length >= 2 ? digits.slice(0, 2) : '••') + '•• •••• •••• ••••';
