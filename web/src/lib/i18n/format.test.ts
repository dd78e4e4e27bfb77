import { describe, expect, it } from 'vitest';
import { argsOf, fill } from './fill';
import * as f from './format';
import { inWords } from './words';

describe('formats of the design table', () => {
  it('writes rupiah', () => {
    expect(f.rupiah(16800, 'id')).toBe('Rp16.800');
    expect(f.rupiah(16800, 'en')).toBe('Rp16,800');
    expect(f.rupiah(-22800, 'id')).toBe('−Rp22.800');
    expect(f.rupiah(0, 'id')).toBe('Rp0');
    expect(f.rupiah(405417600, 'id')).toBe('Rp405.417.600');
  });
  it('writes large sums in words of size', () => {
    expect(f.rupiahBig(405_417_600, 'id')).toBe('Rp405,4 juta');
    expect(f.rupiahBig(405_417_600, 'en')).toBe('Rp405.4 million');
    expect(f.rupiahBig(2_000_000_000, 'id')).toBe('Rp2 miliar');
    expect(f.rupiahBig(999_999, 'id')).toBe('Rp999.999');
  });
  it('writes numbers and shares', () => {
    expect(f.number(2011, 'id')).toBe('2.011');
    expect(f.number(2011, 'en')).toBe('2,011');
    expect(f.number(-5, 'id')).toBe('−5');
    expect(f.percent(0.509, 'id')).toBe('50,9%');
    expect(f.percent(0.509, 'en')).toBe('50.9%');
    expect(f.percent(0.724, 'id', 0)).toBe('72%');
  });
  it('writes dates without slashes', () => {
    expect(f.date('2026-11-21', 'id')).toBe('21 November 2026');
    expect(f.date('2026-05-01', 'id')).toBe('1 Mei 2026');
    expect(f.dateShort('2026-08-05', 'id')).toBe('5 Agu');
    expect(f.dateShort('2026-10-05', 'en')).toBe('5 Oct');
    expect(f.dateLong('2026-11-21', 'id')).toBe('Sabtu, 21 November 2026');
    expect(f.month('2027-01', 'id')).toBe('Januari 2027');
    expect(f.date('no date', 'id')).toBe('no date');
  });
  it('writes times in the zone of the office', () => {
    const moment = '2026-11-21T02:41:00Z';
    expect(f.time(moment, 'id', 'Asia/Jakarta')).toBe('09.41');
    expect(f.time(moment, 'en', 'Asia/Jakarta')).toBe('09:41');
    expect(f.dateTime(moment, 'id', 'Asia/Jayapura')).toBe('21 November 2026, 11.41 WIT');
    expect(f.dayOf('2026-11-21T17:30:00Z', 'Asia/Jakarta')).toBe('2026-11-22');
    expect(f.time('2026-11-21T17:00:00Z', 'id', 'Asia/Jakarta')).toBe('00.00');
    expect(f.dateTime('', 'id', 'Asia/Jakarta')).toContain('–');
  });
  it('adds months over the year', () => {
    expect(f.addMonths('2026-11', 2)).toBe('2027-01');
    expect(f.addMonths('2026-11', 11)).toBe('2027-10');
    expect(f.addMonths('2026-12', 0)).toBe('2026-12');
  });
  it('groups numbers of persons', () => {
    expect(f.kpj('S2600000901')).toBe('S26 000 009 01');
    expect(f.kpj('short')).toBe('short');
    expect(f.payCode('82600000010031')).toBe('8260 0000 0100 31');
    expect(f.payCode('J7K4-M2QX-9TRVA')).toBe('J7K4-M2QX-9TRVA');
    expect(f.phone('+6281234567890')).toBe('+62 812 3456 7890');
  });
});

describe('sums in words', () => {
  it.each([
    [0, 'nol', 'zero'],
    [11, 'sebelas', 'eleven'],
    [45_600, 'empat puluh lima ribu enam ratus', 'forty-five thousand six hundred'],
    [1_500_000, 'satu juta lima ratus ribu', 'one million five hundred thousand'],
    [1_100, 'seribu seratus', 'one thousand one hundred'],
    [2_000_117, 'dua juta seratus tujuh belas', 'two million one hundred and seventeen']
  ])('%d', (n, id, en) => {
    expect(inWords(n, 'id')).toBe(id);
    expect(inWords(n, 'en')).toBe(en);
  });
});

describe('filling texts', () => {
  it('puts arguments in and leaves a missing one visible', () => {
    expect(fill('{n} dari {all}', { n: 1, all: 2 })).toBe('1 dari 2');
    expect(fill('{n} dari {all}', { n: 1 })).toBe('1 dari {all}');
  });
  it('chooses between one and many', () => {
    const text = '{n} {n|day|days}';
    expect(fill(text, { n: 1 })).toBe('1 day');
    expect(fill(text, { n: 2 })).toBe('2 days');
    expect(fill(text, { n: 0 })).toBe('0 days');
  });
  it('knows the arguments of a text', () => expect(argsOf('{b} {a|x|y} {b}')).toEqual(['a', 'b']));
  it('does not read an argument as a template again', () => expect(fill('{a}{b}', { a: '{b}', b: 'x' })).toBe('{b}x'));
});
