import { describe, expect, it } from 'vitest';
import { hashOf, judge, readCode, readTickets } from './gate';

const CODE = 'ABCDEFGH23456';
const bytesOf = (hash: string) => hash.match(/../g)!.map((h) => parseInt(h, 16));
const pack = async (rest: number[]) => ({ tickets: btoa(String.fromCharCode(...bytesOf(await hashOf(CODE)), ...rest)), used: ['Utara'] });

describe('a ticket at a gate', () => {
  it('is read as it was scanned and as it was typed', () => {
    for (const text of [CODE, 'abcd-efgh-23456', ' ABCD EFGH 23456 ', `https://jaring.example/tiket/${CODE}`, `https://jaring.example/tiket/${CODE}?lang=en`]) expect(readCode(text)).toBe(CODE);
    for (const text of ['', 'SK-26-1571-ABCDE', CODE.slice(1), CODE + '2', '0' + CODE.slice(1), 'https://jaring.example/a/SK-1']) expect(readCode(text)).toBeUndefined();
  });
  it('lets in once, whoever let it in', async () => {
    const hash = await hashOf(CODE);
    const fresh = readTickets(await pack([1, 0b10001, 0, 0]));
    expect(judge(hash, fresh, [])).toEqual({ kind: 'ok', ticket: { kind: 'umkm', needs: ['wheelchair', 'companion'], cancelled: false, used: undefined } });
    expect(judge(hash, fresh, [{ hash, gate: 'Selatan', at: '2018-08-11T01:00:00Z', id: 'x' }])).toMatchObject({ kind: 'used', gate: 'Selatan', at: '2018-08-11T01:00:00Z' });
    expect(judge(hash, readTickets(await pack([1, 0, 0, 1])), [])).toMatchObject({ kind: 'used', gate: 'Utara' });
    expect(judge(hash, readTickets(await pack([1, 0, 1, 0])), [])).toMatchObject({ kind: 'cancelled' });
    expect(judge('000000000000', fresh, []).kind).toBe('unknown');
    expect(readTickets({ tickets: '', used: [] }).size).toBe(0);
  });
});
