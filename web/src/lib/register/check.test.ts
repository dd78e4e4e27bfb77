import { describe, expect, it } from 'vitest';
import { check, birthParts, phoneLooksRight, type Speech } from './check';
import { birthDate, emptyForm, fromRegistration, stepOf, targetOf, toRegistration, type FormData } from './form.svelte';

const say: Speech = { today: '2026-11-21', monthName: (m) => ['Januari', 'Februari', 'Maret', 'April', 'Mei'][m - 1] ?? String(m) };
const form = (more: Partial<FormData> = {}): FormData => ({
  ...emptyForm('id'), nik: '1571085405849017', name: 'Sumarni', birth: { d: '14', m: '5', y: '1984' }, sex: 'F', occupation: 'Pedagang sayur',
  incomeKind: 'known', income: 1_500_000, channel: 'voice', agreed: true, agreedAt: '2026-11-21T02:41:00Z', ...more
});
const codes = (field: string, more: Partial<FormData> = {}, whole = true) => check(field, form(more), say, whole).map((f) => f.code);

describe('the checks at the stall', () => {
  it('find nothing wrong with a right form', () => {
    for (const field of ['nik', 'name', 'birth_date', 'sex', 'phone', 'village', 'occupation', 'monthly_income', 'consent']) expect(codes(field), field).toEqual([]);
  });
  it('do not nag about a field that was never filled, until all is asked for', () => {
    expect(codes('name', { name: '' }, false)).toEqual([]);
    expect(codes('name', { name: '' })).toEqual(['field.required']);
    expect(codes('nik', { nik: '' }, false)).toEqual([]);
  });
  it('count the digits of a NIK', () => {
    expect(check('nik', form({ nik: '15710854' }), say, false)[0]).toMatchObject({ code: 'nik.length', verdict: 'reject', args: { n: 8 } });
  });
  it('warn of a birth year that differs, naming only the year', () => {
    const f = form({ birth: { d: '14', m: '5', y: '1985' } });
    expect(birthParts(f, say)).toEqual([{ part: 'y', nik: '1984', mine: '1985' }]);
    expect(check('birth_date', f, say, true)[0]).toMatchObject({ code: 'nik.birth_differs', verdict: 'warn', args: { a: '1984', b: '1985' } });
  });
  it('let go on once the KTP was looked at', () => {
    expect(codes('birth_date', { birth: { d: '14', m: '5', y: '1985' }, confirmed: ['nik.birth_differs'] })).toEqual([]);
    expect(codes('sex', { sex: 'M' })).toEqual(['nik.sex_differs']);
    expect(codes('sex', { sex: 'M', confirmed: ['nik.sex_differs'] })).toEqual([]);
  });
  it('do not compare with a NIK whose own birth day is impossible', () => {
    expect(codes('birth_date', { nik: '1571083502849017' })).toEqual([]);
  });
  it('name the day that does not exist', () => {
    const found = check('birth_date', form({ birth: { d: '31', m: '2', y: '1978' } }), say, true)[0]!;
    expect(found).toMatchObject({ code: 'date.impossible', args: { text: '31 Februari 1978', month: 'Februari 1978', n: 28 } });
    expect(codes('birth_date', { birth: { d: '1', m: '1', y: '2027' } })).toEqual(['date.future']);
    expect(codes('birth_date', { birth: { d: '1', m: '1', y: '84' } })).toEqual(['date.incomplete']);
  });
  it('take phone numbers as people write them', () => {
    for (const n of ['0812 3456 7890', '+62812-3456-7890', '62 812 3456 7890', '8123456789']) expect(phoneLooksRight(n), n).toBe(true);
    for (const n of ['021 555 1234', '0812', 'abc', '08123456789012345']) expect(phoneLooksRight(n), n).toBe(false);
  });
  it('ask for a village from the list, or none', () => {
    expect(codes('village', { villageText: 'Kasang' })).toEqual(['village.pick']);
    expect(codes('village', { villageText: 'Kasang', village: '15.71.08.1001' })).toEqual([]);
  });
  it('ask for both halves of the consent at once', () => {
    expect(codes('consent', { channel: undefined, agreed: false })).toEqual(['consent.channel_missing', 'consent.required']);
  });
});

describe('the body of a registration', () => {
  it('says what was filled in and nothing else', () => {
    expect(JSON.parse(JSON.stringify(toRegistration(form(), '2026-11')))).toEqual({
      nik: '1571085405849017', name: 'Sumarni', birth_date: '1984-05-14', sex: 'F', occupation: 'Pedagang sayur', monthly_income: 1_500_000,
      programs: ['JKK', 'JKM'], months: 3, consent: { notice_version: '2026-11', channel: 'voice', at: '2026-11-21T02:41:00Z' }, sector: 'other'
    });
  });
  it('says lowest band instead of an income', () => {
    const body = toRegistration(form({ incomeKind: 'lowest', income: undefined, jht: true }), 'v');
    expect(body).toMatchObject({ lowest_band: true, programs: ['JKK', 'JKM', 'JHT'] });
    expect('monthly_income' in body).toBe(false);
  });
  it('comes back into the form for mending, with consent asked anew', () => {
    const f = form({ phone: '0812', heirName: 'Sarno', heirRelation: 'spouse' });
    const back = fromRegistration(toRegistration(f, 'v'), 'id', 'old');
    expect({ ...back, agreed: true, agreedAt: f.agreedAt }).toEqual({ ...f, sector: 'other', step: 0, mends: 'old' });
    expect(birthDate(back)).toBe('1984-05-14');
  });
  it('knows the step and the element of each field', () => {
    expect([stepOf('nik'), stepOf('village'), stepOf('sector'), stepOf('programs'), stepOf('consent'), stepOf('unheard_of')]).toEqual([0, 1, 2, 3, 4, 0]);
    expect(targetOf('monthly_income', emptyForm('id'))).toBe('income_kind');
    expect(targetOf('monthly_income', form())).toBe('monthly_income');
    expect(targetOf('name', form())).toBe('name');
  });
});
