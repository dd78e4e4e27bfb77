import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Certificate, FieldCampaign } from '../api/field';
import { toBase64, utf8 } from '../offline/bytes';
import { closedFor, codeAt, codeKey, readToken, type Claim } from './certificate';
import { foldNumber, lanesOf, nextNumber, type OwnVisit } from './lot';
import { shortName } from './name';
import { withoutNotes } from './photo';
import { qr } from './qr';

interface Twin {
  lots: { number: string; folded: string }[];
  secret: string;
  codes: { at: string; code: string }[];
}
// The office's own answers to the same questions.
const twin = JSON.parse(readFileSync('src/lib/field/testdata/twin.json', 'utf8')) as Twin;

describe('the phone answers as the office does', () => {
  it.each(twin.lots.map((l) => [l.number, l.folded]))('folds %j to %j', (number, folded) => expect(foldNumber(number)).toBe(folded));
  it('makes the codes of a minute', async () => {
    const key = await codeKey(twin.secret);
    for (const { at, code } of twin.codes) expect(await codeAt(key, Date.parse(at)), at).toBe(code);
    expect(key.extractable).toBe(false);
  });
});

describe('a certificate', () => {
  const url64 = (text: string | Uint8Array) => toBase64(typeof text === 'string' ? utf8(text) : text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const payload = { v: 1, n: 'SK-26-K7F3-9M2XA', nm: 'Rahma Dewi', o: 'Cabang Jambi', p: ['register', 'cash'], f: '2026-11-12', u: '2027-11-11', k: 'key-1', r: '2026-11-21' };
  async function issue(over: object = {}) {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const signed = 'JRC1.' + url64(JSON.stringify({ ...payload, ...over }));
    const signature = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(signed)));
    return { token: `${signed}.${url64(signature)}`, keys: [{ key_id: 'key-1', public_key: toBase64(await crypto.subtle.exportKey('spki', pair.publicKey)) }] };
  }

  it('is read when its signature is the office’s', async () => {
    const { token, keys } = await issue();
    expect(await readToken(token, keys)).toEqual({ number: payload.n, name: payload.nm, office: payload.o, powers: payload.p, from: payload.f, until: payload.u });
  });
  it('is not read with another key, another text or another form', async () => {
    const { token, keys } = await issue();
    const other = await issue();
    const longer = token.replace(/^JRC1\.[^.]+/, 'JRC1.' + url64(JSON.stringify({ ...payload, u: '2099-01-01' })));
    for (const wrong of [longer, other.token, token.slice(0, -4), token.slice(5), 'JRC2.' + token.slice(5), '', 'JRC1..']) expect(await readToken(wrong, keys), wrong).toBeUndefined();
    expect(await readToken(token, [])).toBeUndefined();
    expect(await readToken((await issue({ v: 2 })).token, keys)).toBeUndefined();
  });

  const claim: Claim = { number: 'x', name: 'x', office: 'x', powers: ['register'], from: '2026-11-12', until: '2027-11-11' };
  const held: Certificate = { state: 'valid', token: 't' };
  it.each([
    ['lets register on its days', held, claim, '2026-11-21', undefined],
    ['lets register on its first day', held, claim, '2026-11-12', undefined],
    ['lets register on its last day', held, claim, '2027-11-11', undefined],
    ['has not begun', held, claim, '2026-11-11', 'not_begun'],
    ['is over, whatever the office said last', held, claim, '2027-11-12', 'expired'],
    ['is suspended', { ...held, state: 'suspended' }, claim, '2026-11-21', 'suspended'],
    ['is revoked, within its days', { ...held, state: 'revoked' }, claim, '2026-11-21', 'revoked'],
    ['was never issued', { state: 'none' }, undefined, '2026-11-21', 'none'],
    ['has no signature of the office', held, undefined, '2026-11-21', 'forged'],
    ['does not cover registering', held, { ...claim, powers: ['cash'] }, '2026-11-21', 'power'],
    ['was never loaded', undefined, undefined, '2026-11-21', 'unknown']
  ] as const)('%s', (_, certificate, said, today, closed) => {
    expect(closedFor('register', certificate as Certificate | undefined, said as Claim | undefined, today)).toBe(closed);
  });
});

describe('the stalls of a sweep', () => {
  const campaign = {
    campaign_id: 'c', lanes: [
      { lane_id: 'b', name: 'B', trade: '', mine: false, lots: [{ number: 'B-1' }] },
      { lane_id: 'a', name: 'A', trade: 'sayur', mine: true, lots: [{ number: 'A-10' }, { number: 'A-2', outcome: 'closed' }, { number: 'A-3', outcome: 'registered' }, { number: 'A-4', outcome: 'member' }] }
    ]
  } as unknown as FieldCampaign;
  const visit = (number: string, outcome: OwnVisit['outcome'], at = '1', lane = 'a', id = number): OwnVisit => ({ campaign: 'c', lane, number, outcome, at, id });
  const lots = (visits: OwnVisit[], unsent: string[] = []) => Object.fromEntries(lanesOf(campaign, visits, (id) => unsent.includes(id)).flatMap((l) => l.lots).map((l) => [l.number, l]));

  it('stand in the order of their numbers, the own lanes first', () => {
    const lanes = lanesOf(campaign, [], () => false);
    expect(lanes.map((l) => l.name)).toEqual(['A', 'B']);
    expect(lanes[0]!.lots.map((l) => l.number)).toEqual(['A-2', 'A-3', 'A-4', 'A-10']);
    expect(lanes[0]).toMatchObject({ done: 3, registered: 1 });
  });
  it('show what this phone said, however the number was written', () => {
    expect(lots([visit('a 010', 'refused')], ['a 010'])['A-10']).toMatchObject({ outcome: 'refused', unsent: true, counted: false });
  });
  it('keep a registration before all, then a member; else the newest word', () => {
    const found = lots([visit('A-3', 'closed'), visit('A-4', 'refused'), visit('A-2', 'visited'), visit('A-10', 'closed', '1'), visit('A-10', 'back', '2', 'a', 'x')]);
    expect([found['A-3']!.outcome, found['A-4']!.outcome, found['A-2']!.outcome, found['A-10']!.outcome]).toEqual(['registered', 'member', 'visited', 'back']);
    expect(lots([visit('A-4', 'registered')])['A-4']!.outcome).toBe('registered');
    expect(lots([visit('A-10', 'registered', '1'), visit('A-10', 'closed', '2', 'a', 'x')])['A-10']!.outcome).toBe('registered');
  });
  it('grow by those that are counted on the way, each once', () => {
    const found = lots([visit('A-11', 'closed', '1'), visit('A 11', 'visited', '2', 'a', 'x')]);
    expect(found['A-11']).toMatchObject({ outcome: 'visited', counted: true });
    expect(Object.keys(found)).toHaveLength(6);
  });
  it('let other sweeps be', () => expect(Object.keys(lots([{ ...visit('A-99', 'closed'), campaign: 'other' }]))).toHaveLength(5));
  it('suggest the number that comes next', () => {
    const [a] = lanesOf(campaign, [], () => false);
    expect(nextNumber(a!)).toBe('A-11');
    expect(nextNumber({ ...a!, lots: [] })).toBe('1');
    expect(nextNumber({ ...a!, lots: [{ ...a!.lots[0]!, number: 'C-009' }] })).toBe('C-010');
  });
});

describe('a name in a list', () => {
  it.each([['Sumarni Dewi Lestari', 'Sumarni D.'], ['Sumarni', 'Sumarni'], ['  siti   aminah ', 'siti A.'], ['', ''], ['Éka Óscar', 'Éka Ó.']])('%j is %j', (name, short) => expect(shortName(name)).toBe(short));
});

describe('a photo', () => {
  const segment = (marker: number, body: number[]) => [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
  const scan = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xe1, 9, 0xff, 0xd9];
  it('loses what the camera wrote beside it, and nothing of the picture', () => {
    const jfif = segment(0xe0, [74, 70, 73, 70, 0]);
    const table = segment(0xdb, [1, 2, 3]);
    const jpeg = new Uint8Array([0xff, 0xd8, ...jfif, ...segment(0xe1, [69, 120, 105, 102, 0, 0, 7]), ...segment(0xed, [1]), ...table, ...segment(0xfe, [104, 105]), ...scan]);
    expect([...withoutNotes(jpeg)]).toEqual([0xff, 0xd8, ...jfif, ...table, ...scan]);
  });
  it('is refused when it is none', () => expect(() => withoutNotes(new Uint8Array([1, 2, 3]))).toThrow());
});

describe('a QR code', () => {
  /** Reads a code back as a camera does: format, mask, zigzag, blocks. Errors are none, so none are mended. */
  function readBack(grid: boolean[][]): string {
    const size = grid.length;
    const version = (size - 17) / 4;
    const bit = (r: number, c: number) => (grid[r]![c] ? 1 : 0);
    let format = 0;
    for (let n = 14; n >= 0; n--) format = format * 2 + (n < 8 ? bit(8, size - 1 - n) : bit(size - 15 + n, 8));
    const mask = ((format ^ 0x5412) >> 10) & 7;
    expect((format ^ 0x5412) >> 13, 'level M').toBe(0);
    const flip = [(r: number, c: number) => (r + c) % 2, (r: number) => r % 2, (_: number, c: number) => c % 3, (r: number, c: number) => (r + c) % 3, (r: number, c: number) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2, (r: number, c: number) => ((r * c) % 2) + ((r * c) % 3), (r: number, c: number) => (((r * c) % 2) + ((r * c) % 3)) % 2, (r: number, c: number) => (((r + c) % 2) + ((r * c) % 3)) % 2][mask]!;
    const spots = [[], [], [18], [22], [26], [30], [34], [22, 38], [24, 42], [26, 46], [28, 50]][version]!;
    const fixed = (r: number, c: number) =>
      (r < 9 && c < 9) || (r < 9 && c >= size - 8) || (r >= size - 8 && c < 9) || r === 6 || c === 6 ||
      [6, ...spots].some((y) => [6, ...spots].some((x) => !(y === 6 && x === 6) && !(y === 6 && x === spots.at(-1)) && !(x === 6 && y === spots.at(-1)) && Math.abs(r - y) < 3 && Math.abs(c - x) < 3)) ||
      (version >= 7 && ((r < 6 && c >= size - 11) || (c < 6 && r >= size - 11)));
    const bits: number[] = [];
    for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
      if (right === 6) right = 5;
      for (let n = 0; n < size; n++) {
        const r = up ? size - 1 - n : n;
        for (const c of [right, right - 1]) if (!fixed(r, c)) bits.push(bit(r, c) ^ (flip(r, c) === 0 ? 1 : 0));
      }
    }
    const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, n) => bits.slice(n * 8, n * 8 + 8).reduce((sum, b) => sum * 2 + b, 0));
    const groups = [[], [16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27], [31, 31, 31, 31], [38, 38, 39, 39], [36, 36, 36, 37, 37], [43, 43, 43, 43, 44]][version]!;
    const blocks = groups.map(() => [] as number[]);
    let at = 0;
    for (let n = 0; n < Math.max(...groups); n++) groups.forEach((most, b) => n < most && blocks[b]!.push(words[at++]!));
    const data = blocks.flat().flatMap((w) => w.toString(2).padStart(8, '0').split('').map(Number));
    const number = (from: number, n: number) => parseInt(data.slice(from, from + n).join(''), 2);
    const wide = version < 10 ? 8 : 16;
    expect(number(0, 4), 'bytes').toBe(4);
    const length = number(4, wide);
    return new TextDecoder().decode(new Uint8Array(Array.from({ length }, (_, n) => number(4 + wide + n * 8, 8))));
  }
  it('says the text again, at every length up to the last', () => {
    for (let n = 1; n <= 213; n += n < 20 ? 1 : 7) {
      const text = 'https://jaring.contoh/a/SK-26-K7F3-9M2XA?c=123456&é'.repeat(5).slice(0, n).replaceAll('é', 'e');
      expect(readBack(qr(text)), String(n)).toBe(text);
    }
    expect(() => qr('x'.repeat(214))).toThrow(RangeError);
  });
  it('has its three eyes and its lines', () => {
    const grid = qr('https://jaring.contoh/a/SK-26-K7F3-9M2XA?c=123456');
    const size = grid.length;
    for (const [r, c] of [[0, 0], [0, size - 7], [size - 7, 0]] as const) {
      expect(grid.slice(r, r + 7).map((row) => row.slice(c, c + 7).map((d) => (d ? 1 : 0)).join(''))).toEqual(['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']);
    }
    for (let n = 8; n < size - 8; n++) expect([grid[6]![n], grid[n]![6]]).toEqual([n % 2 === 0, n % 2 === 0]);
  });
});
