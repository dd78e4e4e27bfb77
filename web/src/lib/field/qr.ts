/**
 * A QR code (ISO/IEC 18004) of a short text: bytes, error correction level M, versions 1 to 10.
 * The answer is a square of modules, true is dark. Throws RangeError for a text that is too long.
 */
export function qr(text: string): boolean[][] {
  const data = new TextEncoder().encode(text);
  const version = BLOCKS.findIndex((b, n) => n > 0 && data.length <= capacity(b) - (n < 10 ? 2 : 3));
  if (version < 1) throw new RangeError('too long for a QR code');
  const words = interleave(version, wordsOf(version, data));
  let best: Grid | undefined;
  let least = Infinity;
  for (let mask = 0; mask < 8; mask++) {
    const grid = new Grid(version);
    grid.fill(words, mask);
    const cost = grid.penalty();
    if (cost < least) [least, best] = [cost, grid];
  }
  return best!.dark.map((row) => [...row]);
}

/** Of each version at level M: check words per block, and groups of [blocks, data words of each]. */
export const BLOCKS: { check: number; groups: [number, number][] }[] = [
  { check: 0, groups: [] },
  { check: 10, groups: [[1, 16]] },
  { check: 16, groups: [[1, 28]] },
  { check: 26, groups: [[1, 44]] },
  { check: 18, groups: [[2, 32]] },
  { check: 24, groups: [[2, 43]] },
  { check: 16, groups: [[4, 27]] },
  { check: 18, groups: [[4, 31]] },
  { check: 22, groups: [[2, 38], [2, 39]] },
  { check: 22, groups: [[3, 36], [2, 37]] },
  { check: 26, groups: [[4, 43], [1, 44]] }
];
export const ALIGN = [[], [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const capacity = (b: (typeof BLOCKS)[number]) => b.groups.reduce((sum, [n, words]) => sum + n * words, 0);

/** Mode, length, bytes, end, and filling up to the capacity. */
function wordsOf(version: number, data: Uint8Array): number[] {
  const bits: number[] = [];
  const put = (value: number, n: number) => {
    for (let i = n - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  put(4, 4);
  put(data.length, version < 10 ? 8 : 16);
  data.forEach((byte) => put(byte, 8));
  const room = capacity(BLOCKS[version]!) * 8;
  put(0, Math.min(4, room - bits.length));
  while (bits.length % 8) bits.push(0);
  for (let n = 0; bits.length < room; n++) put(n % 2 ? 0x11 : 0xec, 8);
  return Array.from({ length: room / 8 }, (_, n) => bits.slice(n * 8, n * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0));
}

/** Blocks with their check words, one word of each in turn. */
function interleave(version: number, words: number[]): number[] {
  const { check, groups } = BLOCKS[version]!;
  const blocks: number[][] = [];
  let at = 0;
  for (const [n, size] of groups) for (let i = 0; i < n; i++) blocks.push(words.slice(at, (at += size)));
  const checks = blocks.map((block) => checkWords(block, check));
  const turn = (list: number[][]) => Array.from({ length: Math.max(...list.map((l) => l.length)) }, (_, i) => list.flatMap((l) => (i < l.length ? l[i]! : []))).flat();
  return [...turn(blocks), ...turn(checks)];
}

export const EXP: number[] = [];
export const LOG: number[] = [];
for (let n = 0, x = 1; n < 255; n++, x = (x << 1) ^ (x > 127 ? 0x11d : 0)) {
  EXP[n] = x;
  LOG[x] = n;
}
export const times = (a: number, b: number): number => (a && b ? EXP[(LOG[a]! + LOG[b]!) % 255]! : 0);

/** Reed-Solomon: the remainder of the block divided by the product of (x − 2ⁱ). */
function checkWords(block: number[], count: number): number[] {
  let divisor = [1];
  for (let n = 0; n < count; n++) divisor = [...divisor, 0].map((v, i) => v ^ times(divisor[i - 1] ?? 0, EXP[n]!));
  const rest = [...block, ...new Array<number>(count).fill(0)];
  for (let i = 0; i < block.length; i++) {
    const lead = rest[i]!;
    divisor.forEach((d, j) => (rest[i + j]! ^= times(d, lead)));
  }
  return rest.slice(block.length);
}

export const MASKS: ((r: number, c: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0
];

export class Grid {
  readonly size: number;
  readonly dark: boolean[][];
  /** Modules that carry no data. */
  readonly fixed: boolean[][];

  constructor(private readonly version: number) {
    this.size = 17 + version * 4;
    this.dark = Array.from({ length: this.size }, () => new Array<boolean>(this.size).fill(false));
    this.fixed = this.dark.map((row) => [...row]);
    this.patterns();
  }

  private put(r: number, c: number, dark: boolean): void {
    if (r < 0 || c < 0 || r >= this.size || c >= this.size) return;
    this.dark[r]![c] = dark;
    this.fixed[r]![c] = true;
  }

  private patterns(): void {
    const last = this.size - 7;
    for (const [r, c] of [[0, 0], [0, last], [last, 0]] as const) this.eye(r + 3, c + 3, 4);
    for (let n = 8; n < this.size - 8; n++) {
      this.put(6, n, n % 2 === 0);
      this.put(n, 6, n % 2 === 0);
    }
    const spots = ALIGN[this.version]!;
    const edge = spots.at(-1);
    const corner = (r: number, c: number) => (r === 6 && (c === 6 || c === edge)) || (c === 6 && r === edge);
    for (const r of spots) for (const c of spots) if (!corner(r, c)) this.eye(r, c, 2);
    for (let n = 0; n < 9; n++) for (const [r, c] of [[8, n], [n, 8], [8, this.size - n], [this.size - n, 8]] as const) if (!this.fixed[r]?.[c]) this.put(r, c, false);
    this.put(this.size - 8, 8, true);
    if (this.version >= 7) this.versionBits();
  }

  /** A square eye around a point: rings that are dark but at distance 2 of a large one (4) and 1 of a small one (2). */
  private eye(r: number, c: number, reach: number): void {
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) {
        const ring = Math.max(Math.abs(x), Math.abs(y));
        this.put(r + y, c + x, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
      }
    }
  }

  private versionBits(): void {
    const bits = (this.version << 12) | remainder(this.version << 12, 0x1f25);
    for (let n = 0; n < 18; n++) {
      const [a, b] = [Math.floor(n / 3), this.size - 11 + (n % 3)];
      this.put(a, b, ((bits >> n) & 1) === 1);
      this.put(b, a, ((bits >> n) & 1) === 1);
    }
  }

  /** Level M is 00 in the format. */
  private format(mask: number): void {
    const bits = ((mask << 10) | remainder(mask << 10, 0x537)) ^ 0x5412;
    for (let n = 0; n < 15; n++) {
      const dark = ((bits >> n) & 1) === 1;
      const near = n < 6 ? n : n < 8 ? n + 1 : this.size - 15 + n;
      this.put(near, 8, dark);
      const far = n < 8 ? this.size - 1 - n : n < 9 ? 15 - n : 14 - n;
      this.put(8, far, dark);
    }
    this.put(this.size - 8, 8, true);
  }

  /** Lays the words from the lower right in columns of two, up and down, and masks them. */
  fill(words: number[], mask: number): void {
    this.format(mask);
    let bit = 0;
    for (let right = this.size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (let n = 0; n < this.size; n++) {
        const up = ((right + 1) & 2) === 0;
        const r = up ? this.size - 1 - n : n;
        for (const c of [right, right - 1]) {
          if (this.fixed[r]![c]) continue;
          const dark = (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
          this.dark[r]![c] = dark !== MASKS[mask]!(r, c);
          bit++;
        }
      }
    }
  }

  /** How hard the code is to read: the four rules of the standard. */
  penalty(): number {
    const columns = this.dark[0]!.map((_, c) => this.dark.map((row) => row[c]!));
    let cost = 0;
    for (const line of [...this.dark, ...columns]) {
      const text = line.map((d) => (d ? '1' : '0')).join('');
      for (const run of text.match(/0{5,}|1{5,}/g) ?? []) cost += run.length - 2;
      for (const eye of ['10111010000', '00001011101']) for (let at = text.indexOf(eye); at >= 0; at = text.indexOf(eye, at + 1)) cost += 40;
    }
    let dark = 0;
    for (let r = 0; r < this.size; r++) {
      for (let c = 0; c < this.size; c++) {
        const d = this.dark[r]![c]!;
        if (d) dark++;
        if (r && c && d === this.dark[r - 1]![c] && d === this.dark[r]![c - 1] && d === this.dark[r - 1]![c - 1]) cost += 3;
      }
    }
    return cost + Math.floor(Math.abs((dark * 20) / this.size ** 2 - 10)) * 10;
  }
}

/** The remainder of a division of polynomials over two elements. */
export function remainder(value: number, divisor: number): number {
  const bits = (n: number) => 32 - Math.clz32(n);
  while (bits(value) >= bits(divisor)) value ^= divisor << (bits(value) - bits(divisor));
  return value;
}
