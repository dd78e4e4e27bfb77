/** A market's plan as lines of text: `name; trade; stalls; x y w h`, one lane a line. Pure. */
import type { Lane, LaneDraft } from './types';

export type LineFault = 'name' | 'lots' | 'place' | 'twice' | 'many';
export interface LineProblem { line: number; fault: LineFault; text: string }

/** More stalls than this in one lane are a slip of the finger. */
const MOST_LOTS = 2000;
const RANGE = /^(.*?)(\d+)\s*(?:-|–|\.\.|s\.?d\.?)\s*(?:\1)?(\d+)$/;

/** The stalls of `1-20, 22, C-1..C-12`; undefined when a part of it cannot be read. */
export function readLots(text: string): string[] | undefined {
  const lots: string[] = [];
  for (const part of text.split(',').map((p) => p.trim()).filter(Boolean)) {
    const range = RANGE.exec(part);
    if (!range) {
      if (!/^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,23}$/u.test(part)) return undefined;
      lots.push(part);
      continue;
    }
    const [, prefix = '', first = '', last = ''] = range;
    const [from, to] = [Number(first), Number(last)];
    if (to < from || to - from >= MOST_LOTS) return undefined;
    for (let n = from; n <= to; n++) lots.push(prefix + pad(n, first.startsWith('0') ? first.length : 1));
  }
  return lots;
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** The stalls in few words: runs become ranges. */
export function writeLots(lots: readonly string[]): string {
  const runs: { prefix: string; from: number; to: number; width: number; alone: string }[] = [];
  for (const lot of lots) {
    const [, prefix = lot, digits = ''] = /^(.*?)(\d+)$/.exec(lot) ?? [];
    const n = Number(digits);
    const last = runs.at(-1);
    if (digits && last && last.prefix === prefix && last.to + 1 === n && pad(n, last.width) === digits) last.to = n;
    else runs.push({ prefix, from: n, to: n, width: digits.startsWith('0') ? digits.length : 1, alone: lot });
  }
  return runs.map((r) => (r.to === r.from ? r.alone : r.prefix ? `${r.prefix}${pad(r.from, r.width)}..${r.prefix}${pad(r.to, r.width)}` : `${pad(r.from, r.width)}-${pad(r.to, r.width)}`)).join(', ');
}

const fold = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, ' ');

/** Reads the lines. A lane keeps its id by its name; one without a place on the plan is put below the others. */
export function readLanes(text: string, known: readonly Pick<Lane, 'lane_id' | 'name'>[] = []): { lanes: LaneDraft[]; problems: LineProblem[] } {
  const lanes: LaneDraft[] = [];
  const problems: LineProblem[] = [];
  const seen = new Set<string>();
  text.split('\n').forEach((line, n) => {
    if (!line.trim()) return;
    const [name = '', trade = '', lots = '', place = ''] = line.split(';').map((p) => p.trim());
    const fault = (what: LineFault, about: string) => problems.push({ line: n + 1, fault: what, text: about });
    if (!name) return void fault('name', line.trim());
    if (seen.has(fold(name))) return void fault('twice', name);
    const numbers = readLots(lots);
    if (!numbers) return void fault('lots', lots);
    if (numbers.length > MOST_LOTS) return void fault('many', name);
    const at = place ? readPlace(place) : below(lanes);
    if (!at) return void fault('place', place);
    seen.add(fold(name));
    const id = known.find((k) => fold(k.name) === fold(name))?.lane_id;
    lanes.push({ ...(id ? { lane_id: id } : {}), name, trade, ...at, lots: [...new Set(numbers)] });
  });
  return { lanes, problems };
}

type Place = { x: number; y: number; w: number; h: number };

function readPlace(text: string): Place | undefined {
  const found = /^(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3})$/.exec(text);
  if (!found) return undefined;
  const [x, y, w, h] = found.slice(1).map(Number) as [number, number, number, number];
  return w > 0 && h > 0 && x + w <= 100 && y + h <= 100 ? { x, y, w, h } : undefined;
}

const WIDE = 6, HIGH = 2, ACROSS = 12;

/** The next free place below what stands there: two lanes beside each other. */
function below(lanes: readonly Place[]): Place {
  const last = lanes.at(-1);
  if (!last) return { x: 0, y: 0, w: WIDE, h: HIGH };
  const foot = Math.max(...lanes.map((l) => l.y + l.h));
  const beside = last.x + last.w + WIDE <= ACROSS && last.y + last.h === foot && last.h === HIGH;
  return beside ? { x: last.x + last.w, y: last.y, w: WIDE, h: HIGH } : { x: 0, y: foot, w: WIDE, h: HIGH };
}

/** The lines of a market's plan as it stands. */
export function writeLanes(lanes: readonly Lane[]): string {
  return lanes.map((l) => [l.name, l.trade, writeLots(l.lots.map((lot) => lot.number)), `${l.x} ${l.y} ${l.w} ${l.h}`].join('; ')).join('\n');
}
