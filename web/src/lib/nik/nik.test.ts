import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { birthPossible, clean, damaged, daysIn, filler, fullYear, mask, meaning } from './nik';
import { placeOf } from './place';

const TODAY = '2026-11-21';

describe('cleaning what was typed or pasted', () => {
  it('drops spaces and hyphens without a word', () => expect(clean('1571 0854-0584.9017')).toEqual({ digits: '1571085405849017', changed: false, bad: undefined }));
  it('reads O as 0 and says so', () => expect(clean('157108540584901O')).toMatchObject({ digits: '1571085405849010', changed: true }));
  it('names the first character that is no digit', () => expect(clean('15X1')).toMatchObject({ digits: '151', bad: { c: 'X', i: 3 } }));
});

describe('numbers that a spreadsheet made', () => {
  it.each(['1.57E+15', '1,57e15', '3515140508689990.0', '1E+15'])('%s is damaged', (text) => expect(damaged(text)).toBe(true));
  it.each(['1571085405849017', '1571', '15.71.08'])('%s is not', (text) => expect(damaged(text)).toBe(false));
});

describe('what the digits mean', () => {
  it('reads a woman born on 14 May 1984', () =>
    expect(meaning('1571085405849017')).toEqual({ province: '15', regency: '1571', district: '157108', day: 14, sex: 'F', month: 5, year: 84, serial: '9017' }));
  it('reads a man', () => expect(meaning('1571081405849017')).toMatchObject({ day: 14, sex: 'M' }));
  it('says at once what is known of an incomplete one', () => {
    expect(meaning('1')).toEqual({});
    expect(meaning('1571')).toEqual({ province: '15', regency: '1571' });
    expect(meaning('15710854')).toMatchObject({ day: 14, sex: 'F' });
    expect(meaning('15710854').month).toBeUndefined();
  });
  it('takes the latest year that has been', () => {
    expect(fullYear(84, TODAY)).toBe(1984);
    expect(fullYear(26, TODAY)).toBe(2026);
    expect(fullYear(27, TODAY)).toBe(1927);
  });
  it('knows impossible birth days', () => {
    expect(birthPossible(meaning('1571083502849017'), TODAY)).toBe(false);
    expect(birthPossible(meaning('1571083102849017'), TODAY)).toBe(false);
    expect(birthPossible(meaning('1571082902009017'), TODAY)).toBe(true);
    expect(birthPossible(meaning('1571081413849017'), TODAY)).toBe(false);
  });
  it('knows fillers', () => {
    for (const n of ['1111111111111111', '1234567890123456', '1571157115711571', '9876543210987654']) expect(filler(n), n).toBe(true);
    expect(filler('1571085405849017')).toBe(false);
  });
  it('counts the days of months', () => {
    expect(daysIn(1978, 2)).toBe(28);
    expect(daysIn(2000, 2)).toBe(29);
    expect(daysIn(1900, 2)).toBe(28);
  });
  it('masks all but two digits', () => expect(mask('1571085405849017')).toBe('15•• •••• •••• ••••'));
});

describe('the names behind the first four digits', () => {
  beforeAll(() => void vi.stubGlobal('fetch', async () => new Response(readFileSync('src/lib/nik/regency.json'))));
  it('knows present codes', async () => expect(await placeOf('1571')).toEqual({ province: 'Jambi', regency: 'Kota Jambi', known: true }));
  it('knows codes that Papua had before its split', async () => expect(await placeOf('9101')).toMatchObject({ regency: 'Merauke', known: true }));
  it('says when it does not know', async () => expect((await placeOf('9999')).known).toBe(false));
});
