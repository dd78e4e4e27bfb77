import { describe, expect, it } from 'vitest';
import { bodyOf, draftOf, emptyDraft, firstMonths, missing } from './draft';
import { cellsOf, isSheet, ofSomebody, partsOf, savedOf, sectionOf, share, shortOf, sizeOf } from './roster';
import { suggested } from './say';
import type { Agreement, RowFinding } from './types';

const finding = (row: number, more: Partial<RowFinding> = {}): RowFinding => ({ row, field: 'nik', verdict: 'reject', code: 'nik.damaged', message: 'Salin ulang.', mendable: true, accept: false, mended: false, ...more });

describe('a list', () => {
  it('is mended by section: what is wrong, what waits, who cannot, what is done', () => {
    const all = [finding(5), finding(6, { verdict: 'hold' }), finding(7, { mendable: false }), finding(8, { verdict: 'warn' }), finding(9, { verdict: 'pass' }), finding(9, { code: 'roster.left_out', mendable: false })];
    expect(all.map(sectionOf)).toEqual(['mend', 'hold', 'out', 'warn', 'done', 'done']);
  });
  it('asks for the cell that is wrong, or for another person', () => {
    expect(cellsOf(finding(5))).toEqual(['nik']);
    expect(cellsOf(finding(5, { code: 'area.not_found', field: 'district' }))).toEqual(['village']);
    expect(cellsOf(finding(5, { code: 'nik.birth_differs', field: 'birth_date' }))).toEqual(['birth_date', 'nik']);
    expect(cellsOf(finding(5, { code: 'roster.duplicate', mendable: false }))).toEqual(['nik', 'name', 'birth_date', 'sex']);
    expect(shortOf('Tungkal Harapan, Kec. Tungkal Ilir')).toBe('Tungkal Harapan');
  });
  it('lets a row be mended whose name or NIK is missing, but not a line that is nobody’s', () => {
    expect(['field.required', 'cell.merged', 'roster.row_skipped', 'roster.nik_tails'].map((code) => ofSomebody({ code }))).toEqual([true, true, false, false]);
  });
  it('says a suggestion once, and a day in words', () => {
    expect(suggested({ message: 'Maksudnya Tungkal Harapan?', suggestion: 'Tungkal Harapan' })).toBeUndefined();
    expect(suggested({ message: 'Dua desa.', suggestion: 'Merlung / Merlung', choices: ['Merlung', 'Merlung'] })).toBeUndefined();
    expect(suggested({ message: 'Tahun dua angka.', suggestion: '1980-08-17' })).toBe('17 Agustus 1980');
  });
  it('is drawn whole: ready, to be mended, held, out', () => {
    expect(partsOf({ people: 2011, mendable: 151, held: 0, rejected: 289 })).toEqual({ ready: 2011, mend: 151, hold: 0, out: 138 });
  });
  it('counts what is not paid twice over all who pay', () => {
    expect(savedOf([{ name: 'Desa', people: 37, months: 444, saved: 7_459_200 }, { people: 31, months: 93, saved: 1_562_400 }])).toEqual({ people: 68, saved: 9_021_600 });
  });
  it('comes as a spreadsheet', () => {
    expect(['a.xlsx', 'B.CSV', 'c.xls', 'd.pdf'].map(isSheet)).toEqual([true, true, false, false]);
    expect([392, 12_400, 3_200_000].map(sizeOf)).toEqual(['392 B', '12 kB', '3 MB']);
  });
});

describe('an agreement', () => {
  const whole: Agreement = {
    agreement_id: 'a', kind: 'apbd', number: 'PKS 1', decree: 'SK 1', state: 'draft', first_month: '2026-12', last_month: '2027-11', months: 12, programs: ['JKK', 'JKM'], funding: 'apbd', ceiling_amount: 10_000_000,
    ceiling_people: 50, used_amount: 0, used_people: 0, sponsor_id: 's', sponsor_name: 'S', office_name: 'O', version: 1, made_by: ['Ratna'], may_approve: false, left_amount: 0, left_people: 0, rosters: [],
    terms: { area: '15.71', domicile: ['15.71.01'], income_ceiling: 2_000_000, occupations: ['Nelayan', 'Buruh tani'], max_decile: 4, quota: { '15.71.01.1001': 9 }, quota_each: 20 }
  };
  it('is sent as it was read', () => {
    const { kind, number, decree, first_month, months, programs, ceiling_amount, ceiling_people, terms } = whole;
    expect(bodyOf(draftOf(whole, (c) => c))).toEqual({ kind, number, decree, first_month, months, programs, ceiling_amount, ceiling_people, terms });
  });
  it('asks for what is missing, and for a decree of governments alone', () => {
    const empty = emptyDraft('2026-11-21');
    expect(missing(empty)).toEqual(['kind', 'number', 'ceiling_people', 'ceiling_amount']);
    expect(missing({ ...empty, kind: 'apbdes' })).toContain('decree');
    expect(missing({ ...empty, kind: 'csr' })).not.toContain('decree');
    expect(bodyOf({ ...empty, people: '1.500' })).toMatchObject({ ceiling_people: 1500, first_month: '2026-12' });
    expect(bodyOf(empty)).not.toHaveProperty('terms');
  });
  it('keeps a first month that lies outside of those offered', () => {
    expect(firstMonths('2026-11-21', '2024-01')[0]).toBe('2024-01');
    expect(firstMonths('2026-11-21', '2026-12')).toHaveLength(28);
  });
  it('never uses more than all of it', () => expect([share(5, 10), share(12, 10), share(0, 0)]).toEqual([0.5, 1, 0]));
});
