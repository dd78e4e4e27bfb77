/** From the modules of a QR code to its text: what a code says once a camera has found it. Codes as `qr` writes them. */
import { BLOCKS, EXP, Grid, LOG, MASKS, remainder, times } from './qr';

/** The text of a square of modules, true is dark; undefined when it says nothing, or too much of it is spoiled. */
export function textOf(dark: boolean[][]): string | undefined {
  const size = dark.length;
  const version = (size - 17) / 4;
  const mask = maskOf(dark);
  if (!Number.isInteger(version) || !BLOCKS[version]?.check || mask === undefined) return undefined;
  const { check, groups } = BLOCKS[version]!;
  const words = wordsIn(dark, version, mask);
  const sizes = groups.flatMap(([n, data]) => new Array<number>(n).fill(data));
  const blocks: number[][] = sizes.map(() => []);
  let at = 0;
  for (let n = 0; n < Math.max(...sizes); n++) sizes.forEach((data, b) => n < data && blocks[b]!.push(words[at++]!));
  for (let n = 0; n < check; n++) blocks.forEach((block) => block.push(words[at++]!));
  const mended = blocks.map((block) => mend(block, check));
  return mended.every((m) => m) ? say(mended.flatMap((block, b) => block!.slice(0, sizes[b])), version) : undefined;
}

/** The mask that the format tells, twice: the nearest of the eight at level M; undefined when none is near. */
function maskOf(dark: boolean[][]): number | undefined {
  const last = dark.length - 1;
  const near = Array.from({ length: 15 }, (_, n) => dark[n < 6 ? n : n < 8 ? n + 1 : last - 14 + n]![8]);
  const far = Array.from({ length: 15 }, (_, n) => dark[8]![n < 8 ? last - n : n < 9 ? 15 - n : 14 - n]);
  let [found, least] = [undefined as number | undefined, 4];
  for (let mask = 0; mask < 8; mask++) {
    const bits = ((mask << 10) | remainder(mask << 10, 0x537)) ^ 0x5412;
    for (const told of [near, far]) {
      const off = told.filter((d, n) => d !== (((bits >> n) & 1) === 1)).length;
      if (off < least) [found, least] = [mask, off];
    }
  }
  return found;
}

function wordsIn(dark: boolean[][], version: number, mask: number): number[] {
  const { fixed, size } = new Grid(version);
  const words: number[] = [];
  let bit = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let n = 0; n < size; n++) {
      const r = (right + 1) & 2 ? n : size - 1 - n;
      for (const c of [right, right - 1]) {
        if (fixed[r]![c]) continue;
        words[bit >> 3] = (words[bit >> 3] ?? 0) * 2 + Number(dark[r]![c] !== MASKS[mask]!(r, c));
        bit++;
      }
    }
  }
  return words;
}

/** The value of a polynomial, its highest term first. */
const valueAt = (polynomial: number[], x: number) => polynomial.reduce((sum, term) => times(sum, x) ^ term, 0);
const inverse = (a: number) => EXP[(255 - LOG[a]!) % 255]!;

/** Reed-Solomon: a block with its wrong words put right; undefined when more are wrong than half the check words. */
function mend(block: number[], check: number): number[] | undefined {
  const signs = Array.from({ length: check }, (_, n) => valueAt(block, EXP[n]!));
  if (signs.every((s) => s === 0)) return block;
  const where = locator(signs);
  const [errors, mended] = [where.length - 1, [...block]];
  if (errors * 2 > check) return undefined;
  // What each wrong word is off by (Forney), from the lowest term: signs times the locator, as far as there are check words.
  const rate = signs.map((_, n) => signs.slice(0, n + 1).reduce((sum, s, i) => sum ^ times(s, where[n - i] ?? 0), 0));
  let found = 0;
  for (let n = 0; n < block.length; n++) {
    const x = EXP[(block.length - 1 - n) % 255]!;
    const back = inverse(x);
    if (valueAt([...where].reverse(), back)) continue;
    const over = valueAt([...rate].reverse(), back);
    const under = where.reduce((sum, term, i) => (i % 2 ? sum ^ times(term, EXP[(LOG[back]! * (i - 1)) % 255]!) : sum), 0);
    if (!under) return undefined;
    mended[n]! ^= times(times(x, over), inverse(under));
    found++;
  }
  const right = found === errors && Array.from({ length: check }, (_, n) => valueAt(mended, EXP[n]!)).every((s) => s === 0);
  return right ? mended : undefined;
}

/** Berlekamp and Massey: the shortest polynomial that makes the signs, its lowest term first. */
function locator(signs: number[]): number[] {
  let [where, before]: [number[], number[]] = [[1], [1]];
  let [length, gap, last] = [0, 1, 1];
  signs.forEach((sign, n) => {
    let off = sign;
    for (let i = 1; i <= length; i++) off ^= times(where[i] ?? 0, signs[n - i]!);
    if (!off) return void gap++;
    const step = times(off, inverse(last));
    const next = [...where];
    before.forEach((term, i) => (next[i + gap] = (next[i + gap] ?? 0) ^ times(step, term)));
    if (2 * length > n) gap++;
    else [length, before, last, gap] = [n + 1 - length, where, off, 1];
    where = Array.from(next, (term) => term ?? 0);
  });
  while (where.length > 1 && !where.at(-1)) where.pop();
  return where;
}

/** Bytes are all that our codes hold. */
function say(words: number[], version: number): string | undefined {
  const bits = words.flatMap((word) => Array.from({ length: 8 }, (_, n) => (word >> (7 - n)) & 1));
  const number = (from: number, n: number) => bits.slice(from, from + n).reduce((sum, bit) => sum * 2 + bit, 0);
  const long = version < 10 ? 8 : 16;
  const length = number(4, long);
  if (number(0, 4) !== 4 || 4 + long + length * 8 > bits.length) return undefined;
  return new TextDecoder().decode(Uint8Array.from({ length }, (_, n) => number(4 + long + n * 8, 8)));
}
