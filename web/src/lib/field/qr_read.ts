/** Finds a QR code in a picture, as a camera gives it, where the browser has no reader of its own. */
import { ALIGN } from './qr';
import { textOf } from './qr_words';

export interface Picture { width: number; height: number; data: Uint8ClampedArray }
interface Point { x: number; y: number }
/** A square eye of a code: its middle, the width of a module, and on how many lines it was seen. */
interface Eye extends Point { module: number; seen: number }

/** The text of a code in the picture; undefined when there is none that can be read. */
export function readQr(picture: Picture): string | undefined {
  const grey = greyOf(picture);
  for (const share of [8, 3]) {
    const field = new Field(grey, picture.width, picture.height, share);
    for (const [corner, right, down] of corners(eyesOf(field))) {
      const text = readAt(field, corner, right, down);
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

function greyOf({ data, width, height }: Picture): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, n) => (data[4 * n]! * 77 + data[4 * n + 1]! * 151 + data[4 * n + 2]! * 28) >> 8);
}

/** A picture in dark and light: each point against the mean of what is around it, since light falls from one side. */
class Field {
  readonly dark: Uint8Array;

  constructor(grey: Uint8Array, readonly width: number, readonly height: number, share: number) {
    const wide = width + 1;
    const sums = new Float64Array(wide * (height + 1));
    for (let y = 0; y < height; y++) for (let x = 0, row = 0; x < width; x++) sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1]! + (row += grey[y * width + x]!);
    const reach = Math.max(12, Math.round(Math.min(width, height) / share));
    this.dark = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      const [top, end] = [Math.max(0, y - reach) * wide, Math.min(height, y + reach) * wide];
      for (let x = 0; x < width; x++) {
        const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach)];
        const mean = (sums[end + right]! - sums[end + left]! - sums[top + right]! + sums[top + left]!) / ((right - left) * ((end - top) / wide));
        this.dark[y * width + x] = grey[y * width + x]! < mean - 4 ? 1 : 0;
      }
    }
  }

  at(x: number, y: number): boolean {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    return column >= 0 && row >= 0 && column < this.width && row < this.height && this.dark[row * this.width + column] === 1;
  }

  /** The lengths of five runs, dark first, around a dark point along a line, and their middle; undefined when it is no eye. */
  cross(x: number, y: number, dx: number, dy: number): { middle: Point; module: number } | undefined {
    const runs = (step: number): [number, number, number] => {
      const out: [number, number, number] = [0, 0, 0];
      let [n, run] = [step > 0 ? 0 : 1, 0];
      for (; run < 3; n++) {
        const [px, py] = [x + dx * step * n, y + dy * step * n];
        if (px < 0 || py < 0 || px >= this.width || py >= this.height) break;
        if (this.at(px, py) === (run === 1)) run++;
        if (run < 3) out[run]!++;
      }
      return out;
    };
    const [back, on] = [runs(-1), runs(1)];
    const all = [back[2], back[1], back[0] + on[0], on[1], on[2]];
    const module = likeEye(all);
    const along = (on[0] - back[0] - 1) / 2;
    return module ? { middle: { x: x + dx * along, y: y + dy * along }, module } : undefined;
  }
}

/** The width of a module when five runs are as 1, 1, 3, 1 and 1; else 0. */
function likeEye(runs: number[]): number {
  const module = runs.reduce((a, b) => a + b, 0) / 7;
  return module >= 1 && runs.every((run, n) => Math.abs(run - module * (n === 2 ? 3 : 1)) <= module * (n === 2 ? 1.2 : 0.7) + 0.5) ? module : 0;
}

/** The eyes of a picture, those seen on most lines first. */
function eyesOf(field: Field): Eye[] {
  const eyes: Eye[] = [];
  for (let y = 1; y < field.height; y += 2) {
    const runs: number[] = [];
    let from = 0;
    for (let x = 1; x <= field.width; x++) {
      if (x < field.width && field.dark[y * field.width + x] === field.dark[y * field.width + x - 1]) continue;
      runs.push(x - from);
      from = x;
      // The last five runs end with a dark one.
      if (runs.length >= 5 && field.dark[y * field.width + x - 1] && likeEye(runs.slice(-5))) note(field, eyes, x - runs.at(-1)! - runs.at(-2)! - runs.at(-3)! / 2, y);
    }
  }
  return eyes.filter((e) => e.seen > 1).sort((a, b) => b.seen - a.seen).slice(0, 9);
}

/** Looks at what may be an eye from above and again from the side, and notes it with those that it is one of. */
function note(field: Field, eyes: Eye[], x: number, y: number): void {
  const tall = field.cross(Math.floor(x), y, 0, 1);
  const flat = tall && field.cross(Math.floor(x), Math.floor(tall.middle.y), 1, 0);
  if (!tall || !flat) return;
  const [found, module] = [{ x: flat.middle.x + 0.5, y: tall.middle.y + 0.5 }, (tall.module + flat.module) / 2];
  const known = eyes.find((e) => distance(e, found) < e.module * 2);
  if (!known) return void eyes.push({ ...found, module, seen: 1 });
  for (const [key, value] of [['x', found.x], ['y', found.y], ['module', module]] as const) known[key] = (known[key] * known.seen + value) / (known.seen + 1);
  known.seen++;
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

/** Three eyes that may be those of one code, the corner first, then the one to its right and the one below; the likeliest first. */
function corners(eyes: Eye[]): [Eye, Eye, Eye][] {
  const found: { odd: number; three: [Eye, Eye, Eye] }[] = [];
  for (const corner of eyes) {
    for (const right of eyes) {
      for (const down of eyes) {
        if (corner === right || corner === down || right === down) continue;
        const [a, b] = [{ x: right.x - corner.x, y: right.y - corner.y }, { x: down.x - corner.x, y: down.y - corner.y }];
        const [wide, tall] = [Math.hypot(a.x, a.y), Math.hypot(b.x, b.y)];
        const turn = (a.x * b.y - a.y * b.x) / (wide * tall);
        const modules = [corner, right, down].map((e) => e.module);
        if (turn < 0.6 || Math.min(wide, tall) < 10 * corner.module) continue;
        found.push({ odd: 1 - turn + Math.abs(Math.log(wide / tall)) + Math.abs(Math.log(Math.max(...modules) / Math.min(...modules))), three: [corner, right, down] });
      }
    }
  }
  return found.sort((a, b) => a.odd - b.odd).slice(0, 6).map((f) => f.three);
}

/** Lays the grid of a code on three eyes, and its small one, and reads it; a size either way is tried too. */
function readAt(field: Field, corner: Eye, right: Eye, down: Eye): string | undefined {
  const module = (corner.module + right.module + down.module) / 3;
  const likely = Math.round(((distance(corner, right) + distance(corner, down)) / 2 / module + 7 - 17) / 4);
  for (const version of [likely, likely + 1, likely - 1]) {
    if (version < 1 || version >= ALIGN.length) continue;
    const size = 17 + 4 * version;
    // Seen straight the fourth corner is where the others say; seen from a side their eyes are of several sizes.
    const tell = (eye: Eye) => (corner.module / eye.module) ** (2 / 3);
    for (const guess of [lay(corner, right, down, size, 1, 1), lay(corner, right, down, size, tell(right), tell(down))]) {
      const fourth = version > 1 ? small(field, guess, size - 6.5) : undefined;
      for (const grid of fourth ? [through(corner, right, down, fourth, size), guess] : [guess]) {
        const rows = Array.from({ length: size }, (_, r) => Array.from({ length: size }, (_, c) => moduleAt(field, grid, c + 0.5, r + 0.5)));
        const text = textOf(rows);
        if (text !== undefined) return text;
      }
    }
  }
  return undefined;
}

type Grid = (x: number, y: number) => Point;

/** Most of five points of a module are dark. */
function moduleAt(field: Field, grid: Grid, x: number, y: number): boolean {
  let dark = 0;
  for (const [dx, dy] of [[0, 0], [-0.2, 0], [0.2, 0], [0, -0.2], [0, 0.2]] as const) {
    const p = grid(x + dx, y + dy);
    if (field.at(p.x, p.y)) dark++;
  }
  return dark > 2;
}

/**
 * From modules to points, as a flat code is seen from a side: in units of its eyes the corner is (0,0), right (1,0)
 * and down (0,1), and a point is (corner·(1−u−v) + g·u·right + h·v·down) / (1 − u − v + g·u + h·v).
 */
function lay(corner: Point, right: Point, down: Point, size: number, g: number, h: number): Grid {
  return (x, y) => {
    const [u, v] = [(x - 3.5) / (size - 7), (y - 3.5) / (size - 7)];
    const [own, w] = [1 - u - v, 1 - u - v + g * u + h * v];
    return { x: (own * corner.x + g * u * right.x + h * v * down.x) / w, y: (own * corner.y + g * u * right.y + h * v * down.y) / w };
  };
}

/** The grid through the middle of the small eye too, which stands 6.5 modules from both far edges. */
function through(corner: Point, right: Point, down: Point, far: Point, size: number): Grid {
  const e = (size - 10) / (size - 7);
  const cross = (a: Point, b: Point) => (a.x - far.x) * (b.y - far.y) - (a.y - far.y) * (b.x - far.x);
  const share = (2 * e - 1) / (e * cross(right, down));
  return lay(corner, right, down, size, share * cross(corner, down), share * cross(right, corner));
}

/** Looks for the small eye near where it would be on a code that is seen straight; undefined when nothing is like it. */
function small(field: Field, grid: Grid, at: number): Point | undefined {
  let [best, found] = [20, undefined as Point | undefined];
  for (let dy = -3; dy <= 3; dy += 0.25) {
    for (let dx = -3; dx <= 3; dx += 0.25) {
      let like = 0;
      for (let y = -2; y <= 2; y++) {
        for (let x = -2; x <= 2; x++) {
          const p = grid(at + dx + x, at + dy + y);
          if (field.at(p.x, p.y) === (Math.max(Math.abs(x), Math.abs(y)) !== 1)) like++;
        }
      }
      const score = like - Math.hypot(dx, dy) / 10;
      if (score > best) [best, found] = [score, grid(at + dx, at + dy)];
    }
  }
  return found;
}
