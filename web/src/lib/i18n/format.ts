/** Formats of dates, sums and numbers. Pure: the language is an argument, the zone too. */
export type Lang = 'id' | 'en';

const MONTHS = {
  id: ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
} as const;
const SHORT = {
  id: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
} as const;
const DAYS = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
} as const;
const ZONES: Record<string, string> = { 'Asia/Jakarta': 'WIB', 'Asia/Pontianak': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Jayapura': 'WIT' };

/** `2.011` or `2,011`. */
export function number(n: number, lang: Lang): string {
  const digits = Math.abs(Math.trunc(n)).toString().replace(/\B(?=(\d{3})+(?!\d))/g, lang === 'id' ? '.' : ',');
  return n < 0 ? '−' + digits : digits;
}

/** `Rp16.800`, `−Rp22.800`; whole rupiah. */
export function rupiah(n: number, lang: Lang): string {
  return (n < 0 ? '−' : '') + 'Rp' + number(Math.abs(n), lang);
}

/** `Rp405,4 juta` for big screens; the full sum belongs into a title. Below a million it is the full sum. */
export function rupiahBig(n: number, lang: Lang): string {
  const steps: [number, string, string][] = [[1e12, 'triliun', 'trillion'], [1e9, 'miliar', 'billion'], [1e6, 'juta', 'million']];
  for (const [size, id, en] of steps) {
    if (Math.abs(n) >= size) {
      const text = (Math.abs(n) / size).toFixed(1).replace(/\.0$/, '');
      return (n < 0 ? '−' : '') + 'Rp' + (lang === 'id' ? text.replace('.', ',') : text) + ' ' + (lang === 'id' ? id : en);
    }
  }
  return rupiah(n, lang);
}

/** A share from 0 to 1: `50,9%`; without decimals when `digits` is 0. */
export function percent(share: number, lang: Lang, digits = 1): string {
  const text = (share * 100).toFixed(digits);
  return (lang === 'id' ? text.replace('.', ',') : text) + '%';
}

interface Day { y: number; m: number; d: number }

function partsOf(iso: string): Day | undefined {
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(iso);
  return found ? { y: Number(found[1]), m: Number(found[2]), d: Number(found[3] ?? 1) } : undefined;
}

/** `21 November 2026` from `2026-11-21`. A text that is no date comes back as it is. */
export function date(iso: string, lang: Lang): string {
  const p = partsOf(iso);
  return p ? `${p.d} ${MONTHS[lang][p.m - 1]} ${p.y}` : iso;
}

/** `21 Nov`. */
export function dateShort(iso: string, lang: Lang): string {
  const p = partsOf(iso);
  return p ? `${p.d} ${SHORT[lang][p.m - 1]}` : iso;
}

/** `Sabtu, 21 November 2026`. */
export function dateLong(iso: string, lang: Lang): string {
  const p = partsOf(iso);
  if (!p) return iso;
  return `${DAYS[lang][new Date(Date.UTC(p.y, p.m - 1, p.d)).getUTCDay()]}, ${date(iso, lang)}`;
}

/** `November 2026` from `2026-11`. */
export function month(iso: string, lang: Lang): string {
  const p = partsOf(iso);
  return p ? `${MONTHS[lang][p.m - 1]} ${p.y}` : iso;
}

/** `Nov` from `2026-11`. */
export function monthShort(iso: string, lang: Lang): string {
  const p = partsOf(iso);
  return p ? SHORT[lang][p.m - 1]! : iso;
}

/** The twelve names, January first. */
export const monthNames = (lang: Lang): readonly string[] => MONTHS[lang];

/** The day of a moment in a zone, `2026-11-21`. */
export function dayOf(moment: string | number | Date, zone: string): string {
  return inZone(moment, zone).day;
}

/** `09.41` or `09:41` in a zone. */
export function time(moment: string | number | Date, lang: Lang, zone: string): string {
  const { hour, minute } = inZone(moment, zone);
  return `${hour}${lang === 'id' ? '.' : ':'}${minute}`;
}

/** `21 November 2026, 09.41 WIB`. */
export function dateTime(moment: string | number | Date, lang: Lang, zone: string): string {
  const name = ZONES[zone];
  return `${date(dayOf(moment, zone), lang)}, ${time(moment, lang, zone)}${name ? ' ' + name : ''}`;
}

function inZone(moment: string | number | Date, zone: string) {
  if (Number.isNaN(new Date(moment).getTime())) return { day: '–', hour: '–', minute: '–' };
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'
  });
  const part = Object.fromEntries(format.formatToParts(new Date(moment)).map((p) => [p.type, p.value]));
  return { day: `${part.year}-${part.month}-${part.day}`, hour: part.hour!, minute: part.minute! };
}

/** Months later, `2026-11` + 3 = `2027-02`. */
export function addMonths(iso: string, n: number): string {
  const p = partsOf(iso)!;
  const at = p.y * 12 + p.m - 1 + n;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** A KPJ in groups: `S26 000 009 01`. A text of another shape comes back as it is. */
export function kpj(number: string): string {
  return number.length === 11 ? `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6, 9)} ${number.slice(9)}` : number;
}

/** A payment code that is digits only, in fours; any other stays as it is. */
export function payCode(code: string): string {
  return /^\d{9,}$/.test(code) ? code.replace(/(\d{4})(?=\d)/g, '$1 ') : code;
}

/** A phone number in groups of four after the country code: `+62 812 3456 7890`. */
export function phone(number: string): string {
  const found = /^\+62(8\d{2})(\d{3,4})(\d*)$/.exec(number) ?? /^\+62(2[124]|31|61|[2-79]\d{2})(\d{3})(\d*)$/.exec(number);
  return found ? `+62 ${found[1]} ${found[2]} ${found[3]}`.trim() : number;
}
