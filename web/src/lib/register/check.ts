import type { Finding } from '../api';
import { birthPossible, daysIn, filler, fullYear, LENGTH, meaning, realDay } from '../nik/nik';
import { birthDate, type FormData } from './form.svelte';

/** How a check words months; the caller knows the language. */
export interface Speech {
  today: string;
  monthName: (m: number) => string;
}

const reject = (field: string, code: string, args: Record<string, unknown> = {}): Finding => ({ pointer: '/' + field, code, verdict: 'reject', args });

/**
 * The findings of one field, as far as the phone can judge it alone; the office judges
 * again. `whole` asks for what is still missing too: on leaving a field that was never
 * filled nothing is said, on "Lanjut" it is.
 */
export function check(field: string, f: FormData, say: Speech, whole: boolean): Finding[] {
  switch (field) {
    case 'nik': return nik(f, whole);
    case 'name': return f.name.trim() ? (/\p{L}/u.test(f.name) ? [] : [reject('name', 'name.no_letters')]) : missing('name', whole);
    case 'birth_date': return birth(f, say, whole);
    case 'sex': return sex(f, whole);
    case 'phone': return f.phone.trim() && !phoneLooksRight(f.phone) ? [reject('phone', 'phone.malformed')] : [];
    case 'village': return f.villageText.trim() && !f.village ? [reject('village', 'village.pick')] : [];
    case 'workplace_id': return f.workplaceText.trim() && !f.workplace ? [reject('workplace_id', 'workplace.pick')] : [];
    case 'lot': return f.lot && !/[\p{L}\p{N}]/u.test(f.lot.number) ? [reject('lot', 'lot.number')] : [];
    case 'occupation': return f.occupation.trim() ? [] : missing('occupation', whole);
    case 'monthly_income':
      if (!f.incomeKind) return missing('monthly_income', whole);
      return f.incomeKind === 'known' && !f.income ? missing('monthly_income', whole) : [];
    case 'consent':
      if (!whole) return [];
      return [...(f.channel ? [] : [reject('consent', 'consent.channel_missing')]), ...(f.agreed ? [] : [reject('consent', 'consent.required')])];
    default: return [];
  }
}

const missing = (field: string, whole: boolean): Finding[] => (whole ? [reject(field, 'field.required')] : []);

function nik(f: FormData, whole: boolean): Finding[] {
  if (f.nik.length === 0) return missing('nik', whole);
  if (f.nik.length < LENGTH) return [reject('nik', 'nik.length', { n: f.nik.length })];
  const found: Finding[] = [];
  if (filler(f.nik) && !f.confirmed.includes('nik.filler')) found.push({ pointer: '/nik', code: 'nik.filler', verdict: 'warn' });
  return found;
}

function birth(f: FormData, say: Speech, whole: boolean): Finding[] {
  const { d, m, y } = f.birth;
  if (!d && !m && !y) return missing('birth_date', whole);
  const iso = birthDate(f);
  if (!iso) return whole || (d && m && y) ? [reject('birth_date', 'date.incomplete')] : [];
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  if (!realDay(year, month, day)) {
    return [reject('birth_date', 'date.impossible', { text: `${day} ${say.monthName(month)} ${year}`, month: `${say.monthName(month)} ${year}`, n: daysIn(year, month) })];
  }
  if (iso > say.today) return [reject('birth_date', 'date.future')];
  return birthDiffers(f, say);
}

/** What the NIK says of birth and what was written, part by part; only the parts that differ are named. */
export function birthParts(f: FormData, say: Speech): { part: 'd' | 'm' | 'y'; nik: string; mine: string }[] {
  const seen = meaning(f.nik);
  if (f.nik.length < LENGTH || seen.year === undefined || !birthPossible(seen, say.today) || !birthDate(f)) return [];
  const [day, month, year] = [Number(f.birth.d), Number(f.birth.m), Number(f.birth.y)];
  const differs: { part: 'd' | 'm' | 'y'; nik: string; mine: string }[] = [];
  if (seen.day !== day) differs.push({ part: 'd', nik: String(seen.day), mine: String(day) });
  if (seen.month !== month) differs.push({ part: 'm', nik: say.monthName(seen.month!), mine: say.monthName(month) });
  if (seen.year !== year % 100) differs.push({ part: 'y', nik: String(fullYear(seen.year, say.today)), mine: String(year) });
  return differs;
}

function birthDiffers(f: FormData, say: Speech): Finding[] {
  const parts = birthParts(f, say);
  if (!parts.length || f.confirmed.includes('nik.birth_differs')) return [];
  const args = { a: parts.map((p) => p.nik).join(' '), b: parts.map((p) => p.mine).join(' ') };
  return [{ pointer: '/birth_date', code: 'nik.birth_differs', verdict: 'warn', args }];
}

function sex(f: FormData, whole: boolean): Finding[] {
  if (!f.sex) return missing('sex', whole);
  const seen = meaning(f.nik);
  const differs = f.nik.length === LENGTH && seen.day !== undefined && seen.day >= 1 && seen.day <= 31 && seen.sex !== f.sex;
  return differs && !f.confirmed.includes('nik.sex_differs') ? [{ pointer: '/sex', code: 'nik.sex_differs', verdict: 'warn' }] : [];
}

/** An Indonesian mobile number, in any of the ways people write it. */
export function phoneLooksRight(text: string): boolean {
  if (/[^\d\s\-.()/+]/.test(text)) return false;
  return /^8\d{8,11}$/.test(text.replace(/\D/g, '').replace(/^00/, '').replace(/^62/, '').replace(/^0/, ''));
}
