/**
 * A QR code (ISO/IEC 18004) as a field of dark and light: byte mode, error correction M,
 * versions 1 to 10, which is room for an address of 213 bytes. Pure.
 */
interface Size { ec: number; blocks: number[] }

/** Level M: error correction words of a block, and the data words of each block. */
const SIZES: Size[] = [
  { ec: 10, blocks: [16] }, { ec: 16, blocks: [28] }, { ec: 26, blocks: [44] }, { ec: 18, blocks: [32, 32] }, { ec: 24, blocks: [43, 43] },
  { ec: 16, blocks: [27, 27, 27, 27] }, { ec: 18, blocks: [31, 31, 31, 31] }, { ec: 22, blocks: [38, 38, 39, 39] },
  { ec: 22, blocks: [36, 36, 36, 37, 37] }, { ec: 26, blocks: [43, 43, 43, 43, 44] }
];
const ALIGN = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, v = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = v;
  LOG[v] = i;
  v = v << 1 > 255 ? (v << 1) ^ 0x11d : v << 1;
}
const times = (a: number, b: number): number => (a && b ? EXP[LOG[a]! + LOG[b]!]! : 0);

/** The error correction words of a block: the remainder by the generator of that degree. */
function correction(data: readonly number[], degree: number): number[] {
  let generator = [1];
  for (let i = 0; i < degree; i++) {
    const next = new Array<number>(generator.length + 1).fill(0);
    generator.forEach((g, n) => {
      next[n]! ^= g;
      next[n + 1]! ^= times(g, EXP[i]!);
    });
    generator = next;
  }
  const rest = [...data, ...new Array<number>(degree).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i]!;
    if (factor) generator.forEach((g, n) => (rest[i + n]! ^= times(g, factor)));
  }
  return rest.slice(data.length);
}

/** The text as code words in the order in which they are drawn. */
function wordsOf(bytes: Uint8Array, version: number): number[] {
  const { ec, blocks } = SIZES[version - 1]!;
  const room = blocks.reduce((sum, n) => sum + n, 0);
  const bits: number[] = [];
  const push = (value: number, width: number) => {
    for (let i = width - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((b) => push(b, 8));
  push(0, Math.min(4, room * 8 - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  const data = Array.from({ length: bits.length / 8 }, (_, n) => parseInt(bits.slice(n * 8, n * 8 + 8).join(''), 2));
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  let at = 0;
  const parts = blocks.map((n) => data.slice(at, (at += n)));
  const fixes = parts.map((p) => correction(p, ec));
  const woven = (list: number[][]) => Array.from({ length: Math.max(...list.map((l) => l.length)) }, (_, i) => list.filter((l) => i < l.length).map((l) => l[i]!)).flat();
  return [...woven(parts), ...woven(fixes)];
}

type Field = (boolean | undefined)[][];

/** Finders, timing, alignment, and the places that are kept for format and version. */
function frame(version: number): Field {
  const n = 17 + version * 4;
  const field: Field = Array.from({ length: n }, () => new Array<boolean | undefined>(n).fill(undefined));
  const square = (cy: number, cx: number, reach: number, dark: (ring: number) => boolean) => {
    for (let y = Math.max(0, cy - reach); y <= Math.min(n - 1, cy + reach); y++)
      for (let x = Math.max(0, cx - reach); x <= Math.min(n - 1, cx + reach); x++) field[y]![x] = dark(Math.max(Math.abs(y - cy), Math.abs(x - cx)));
  };
  for (const [y, x] of [[3, 3], [3, n - 4], [n - 4, 3]] as const) square(y, x, 4, (ring) => ring !== 2 && ring !== 4);
  for (let i = 8; i < n - 8; i++) field[6]![i] = field[i]![6] = i % 2 === 0;
  const marks = ALIGN[version - 1]!;
  const corner = (y: number, x: number) => (y === 6 && (x === 6 || x === marks.at(-1))) || (x === 6 && y === marks.at(-1));
  for (const y of marks) for (const x of marks) if (!corner(y, x)) square(y, x, 2, (ring) => ring !== 1);
  writeFormat(field, 0);
  if (version > 6) writeVersion(field, version);
  return field;
}

function remainder(value: number, width: number, divisor: number, degree: number): number {
  let rest = value << degree;
  for (let i = width + degree - 1; i >= degree; i--) if ((rest >> i) & 1) rest ^= divisor << (i - degree);
  return (value << degree) | rest;
}

function writeFormat(field: Field, mask: number): void {
  const n = field.length;
  // Level M is 00, so the five bits are the mask alone.
  const bits = remainder(mask, 5, 0x537, 10) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const dark = ((bits >> i) & 1) === 1;
    const [y1, x1] = i < 6 ? [i, 8] : i < 8 ? [i + 1, 8] : i === 8 ? [8, 7] : [8, 14 - i];
    field[y1]![x1] = dark;
    if (i < 8) field[8]![n - 1 - i] = dark;
    else field[n - 15 + i]![8] = dark;
  }
  field[n - 8]![8] = true;
}

function writeVersion(field: Field, version: number): void {
  const n = field.length;
  const bits = remainder(version, 6, 0x1f25, 12);
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    const [a, b] = [Math.floor(i / 3), n - 11 + (i % 3)];
    field[a]![b] = field[b]![a] = dark;
  }
}

const MASKS: ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0, (y) => y % 2 === 0, (_, x) => x % 3 === 0, (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0, (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0, (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0
];

/** Draws the words upwards and downwards in pairs of columns, from the right. */
function draw(empty: Field, words: readonly number[], mask: number): boolean[][] {
  const n = empty.length;
  const field = empty.map((row) => [...row]);
  let bit = 0;
  let up = true;
  for (let right = n - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let i = 0; i < n; i++) {
      const y = up ? n - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (empty[y]![x] !== undefined) continue;
        const dark = bit < words.length * 8 && ((words[bit >> 3]! >> (7 - (bit & 7))) & 1) === 1;
        bit++;
        field[y]![x] = dark !== MASKS[mask]!(y, x);
      }
    }
    up = !up;
  }
  writeFormat(field, mask);
  return field as boolean[][];
}

const FINDER = /(?=10111010000|00001011101)/g;

/** How hard a field is to read: runs, blocks, false finders, and too much of one shade. */
function penalty(field: boolean[][]): number {
  const n = field.length;
  const lines = [...field, ...field.map((_, x) => field.map((row) => row[x]!))].map((line) => line.map((d) => (d ? '1' : '0')).join(''));
  let sum = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    sum += 40 * [...line.matchAll(FINDER)].length;
  }
  for (let y = 1; y < n; y++) for (let x = 1; x < n; x++) if (field[y]![x] === field[y - 1]![x] && field[y]![x] === field[y]![x - 1] && field[y]![x] === field[y - 1]![x - 1]) sum += 3;
  const dark = field.flat().filter(Boolean).length / (n * n);
  return sum + 10 * Math.floor(Math.abs(dark * 100 - 50) / 5);
}

/** The code of a text, row by row, true for dark. Throws RangeError when the text is longer than 213 bytes. */
export function qrOf(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  const head = (version: number) => (version < 10 ? 2 : 3);
  const version = SIZES.findIndex((s, n) => s.blocks.reduce((sum, b) => sum + b, 0) >= bytes.length + head(n + 1)) + 1;
  if (!version) throw new RangeError('too long for a QR code');
  const words = wordsOf(bytes, version);
  const empty = frame(version);
  return MASKS.map((_, mask) => draw(empty, words, mask)).reduce((a, b) => (penalty(b) < penalty(a) ? b : a));
}

/** The dark squares as one path of an SVG, one unit a square. */
export function pathOf(field: boolean[][]): string {
  return field.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
}
