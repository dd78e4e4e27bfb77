import { createSign, generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Apply, countOf, isPhone, STEPS } from './apply.svelte';
import { prove, readCode, sameNumber, stateOf } from './proof';
import type { Keys } from './api';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys: Keys = { items: [{ key_id: 'k1', public_key: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }], revoked: [], suspended: [], as_of: '2026-11-21T00:00:00Z' };
const NUMBER = 'SK-26-K7F3-9M2XA';
const payload = { v: 1, n: NUMBER, nm: 'Rahma Dewi', o: 'Cabang Jambi', p: ['register', 'cash'], f: '2026-11-12', u: '2027-11-11', k: 'k1', r: '2026-11-12' };
function tokenOf(what: object, key = pair.privateKey): string {
  const signed = 'JRC1.' + Buffer.from(JSON.stringify(what)).toString('base64url');
  return signed + '.' + createSign('sha256').update(signed).sign({ key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

describe('the signed text of a badge', () => {
  it('is right under the office’s key and for its own number', async () => {
    expect(await prove(tokenOf(payload), 'sk26k7f39m2xa', keys)).toMatchObject({ kind: 'right', claim: { name: 'Rahma Dewi', powers: ['register', 'cash'] } });
  });
  it('belongs to another badge when the number differs', async () => expect((await prove(tokenOf(payload), 'SK-26-AAAA-BBBBB', keys)).kind).toBe('other'));
  it('is forged under another key, when a letter changed, and when it is nonsense', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const text = tokenOf(payload);
    const changed = text.replace('JRC1.', 'JRC1.' + 'A');
    for (const bad of [tokenOf(payload, other), changed, text.slice(0, -4) + 'AAAA', 'JRC1.e30.AAAA', 'x', tokenOf({ ...payload, k: 'k2' }), tokenOf({ ...payload, v: 2 })]) {
      expect((await prove(bad, NUMBER, keys)).kind, bad.slice(0, 20)).toBe('forged');
    }
  });
  it('says so when there is none, or nothing to check it with', async () => {
    expect((await prove('', NUMBER, keys)).kind).toBe('none');
    expect((await prove(tokenOf(payload), NUMBER, undefined)).kind).toBe('unchecked');
  });
  it('is worth what the day and the list of stopped ones say', () => {
    const claim = { number: NUMBER, name: '', office: '', powers: [], from: '2026-11-12', until: '2027-11-11' };
    expect(['2026-11-11', '2026-11-12', '2027-11-11', '2027-11-12'].map((day) => stateOf(claim, keys, day))).toEqual(['not_begun', 'valid', 'valid', 'expired']);
    expect(stateOf(claim, { revoked: [NUMBER], suspended: [] }, '2026-12-01')).toBe('revoked');
    expect(stateOf(claim, { revoked: [], suspended: ['SK26K7F39M2XA'] }, '2026-12-01')).toBe('suspended');
  });
  it('knows a number however it is written', () => {
    expect(sameNumber('sk 26 k7f3 9m2xa', NUMBER)).toBe(true);
    expect(sameNumber('SK-26-O0IL-11111', 'sk-26-0011-11111')).toBe(true);
    expect(sameNumber('SK-26-K7F3-9M2XB', NUMBER)).toBe(false);
  });
  it('takes a code of six digits, in whatever groups', () => {
    expect(readCode('123 456')).toBe('123456');
    expect(readCode('12345')).toBeUndefined();
    expect(readCode('12345a')).toBeUndefined();
  });
});

describe('an application', () => {
  let form: Apply;
  beforeEach(() => (form = new Apply()));
  it('asks for five things, and says which are missing', () => {
    expect(STEPS).toHaveLength(5);
    expect(STEPS.flatMap((s) => form.faults(s))).toEqual(['name', 'phone', 'office_id', 'background', 'prospects', 'consent']);
  });
  it('is sent with what was told, and without what was not', () => {
    Object.assign(form.a, { name: ' Rahma Dewi ', phone: '0812 3456 7890', office: 'o', background: 'trader', prospects: '12', where: ' Pasar Angso Duo ' });
    form.agreed = true;
    expect(STEPS.flatMap((s) => form.faults(s))).toEqual([]);
    expect(form.body('1', '2026-11-21T01:00:00Z')).toEqual({
      office_id: 'o', name: 'Rahma Dewi', phone: '0812 3456 7890', background: 'trader', prospects: 12, prospects_where: 'Pasar Angso Duo',
      consent: { notice_version: '1', channel: 'tap', at: '2026-11-21T01:00:00Z' }
    });
    form.a.prospects = '0';
    expect(form.body('1', '')).not.toHaveProperty('prospects_where');
  });
  it.each([['081234567890', true], ['+62 812-3456-7890', true], ['0741 60006', true], ['12345', false], ['', false], ['08abc', false]])('takes %s for a number of a phone: %s', (text, right) => expect(isPhone(text)).toBe(right));
  it.each([['0', 0], ['10000', 10000], ['10001', undefined], ['-1', undefined], ['', undefined], ['1.5', undefined]])('counts %s', (text, n) => expect(countOf(text)).toBe(n));
});
