import { field, type AreaPack } from '../api/field';
import { read, write } from './idb';

interface Kept {
  pack: AreaPack;
  tag?: string;
}

const LIST = 'areas';
/** Regencies: a branch serves up to about ten, and a list of villages has some three kilobytes. */
const MOST = 12;

/** Keeps the villages of the regencies that these codes lie in. Never throws. */
export async function bringAreas(codes: string[]): Promise<void> {
  const wanted = [...new Set(codes.map((code) => code.slice(0, 5)))].filter((code) => /^\d\d\.\d\d$/.test(code)).slice(0, MOST);
  for (const regency of wanted) {
    try {
      const known = await read<Kept>('meta', `area:${regency}`);
      const answer = await field.areas(regency, known?.tag);
      if (answer.data) await write('meta', `area:${regency}`, { pack: answer.data, tag: answer.etag } satisfies Kept);
      const list = (await read<string[]>('meta', LIST)) ?? [];
      if (!list.includes(regency)) await write('meta', LIST, [...list, regency].slice(-MOST));
    } catch {
      return;
    }
  }
}

/** The name of a district or village, `15.71.08`, when its regency lies on the phone. */
export async function keptAreaName(code: string): Promise<string | undefined> {
  const kept = await read<Kept>('meta', `area:${code.slice(0, 5)}`).catch(() => undefined);
  return kept?.pack.areas.find(([c]) => c === code)?.[1];
}

export interface KeptVillage {
  code: string;
  name: string;
  path: { code: string; name: string }[];
}

/** Villages on the phone whose name has each word, the ones that begin with it first; one wrong letter is forgiven. */
export async function findKeptVillages(text: string, most = 8): Promise<KeptVillage[]> {
  const words = fold(text).split(' ').filter(Boolean);
  const list = (await read<string[]>('meta', LIST).catch(() => undefined)) ?? [];
  const found: { cost: number; village: KeptVillage }[] = [];
  for (const regency of list) {
    const pack = (await read<Kept>('meta', `area:${regency}`).catch(() => undefined))?.pack;
    const names = new Map(pack?.areas);
    for (const [code, name] of pack?.areas ?? []) {
      if (code.length < 13) continue;
      const cost = costOf(words, fold(name));
      const district = code.slice(0, 8);
      if (cost < Infinity) found.push({ cost, village: { code, name, path: [{ code: regency, name: pack!.name }, { code: district, name: names.get(district) ?? '' }, { code, name }] } });
    }
  }
  return found.sort((a, b) => a.cost - b.cost || a.village.name.localeCompare(b.village.name)).slice(0, most).map((f) => f.village);
}

const fold = (text: string) => text.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, ' ').trim();

function costOf(words: string[], name: string): number {
  let cost = 0;
  for (const word of words) {
    if (name.startsWith(word)) continue;
    if (name.includes(' ' + word)) cost += 1;
    else if (name.includes(word)) cost += 2;
    else if (word.length >= 4 && name.split(' ').some((part) => near(word, part.slice(0, word.length)) || near(word, part.slice(0, word.length + 1)))) cost += 4;
    else return Infinity;
  }
  return cost;
}

/** Whether two words differ by at most one letter that is wrong, too many or missing. */
function near(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(i + 1) === b.slice(i + 1) || a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i);
}
