import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { argsOf } from './fill';

type Texts = Record<string, string>;
const here = join(process.cwd(), 'src/lib/i18n');
const read = (lang: string): Record<string, Texts> =>
  Object.fromEntries(readdirSync(join(here, lang + '.d')).map((f) => [basename(f, '.json'), JSON.parse(readFileSync(join(here, lang + '.d', f), 'utf8')) as Texts]));
const [ids, ens] = [read('id'), read('en')];
const all: Texts = Object.assign({}, ...Object.values(ids));

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : [];
  });
const sources = new Map(files('src').map((path) => [path, readFileSync(path, 'utf8')]));
const text = [...sources.values()].join('\n');

/** Keys that are made from a stem at run time. */
const stemsOf = (source: string) => [...source.matchAll(/`([a-z_.]+\.)\$\{/g), ...source.matchAll(/'([a-z_.]+\.)' \+/g)].map((m) => m[1]!);
const keysOf = (source: string) => [...source.matchAll(/'([a-z0-9_]+(?:\.[A-Za-z0-9_]+)*)'/g)].map((m) => m[1]!).filter((key) => key in all);

describe('the catalogues', () => {
  it('have the same groups and keys', () => {
    expect(Object.keys(ens)).toEqual(Object.keys(ids));
    for (const group of Object.keys(ids)) expect(Object.keys(ens[group]!), group).toEqual(Object.keys(ids[group]!));
  });
  it('are sorted by key, and each key stands in one group', () => {
    for (const [group, texts] of Object.entries(ids)) expect(Object.keys(texts), group).toEqual([...Object.keys(texts)].sort());
    expect(Object.values(ids).flatMap((texts) => Object.keys(texts)).length).toBe(Object.keys(all).length);
  });
  it('ask for the same arguments', () => {
    const en: Texts = Object.assign({}, ...Object.values(ens));
    for (const key of Object.keys(all)) expect(argsOf(en[key]!), key).toEqual(argsOf(all[key]!));
  });
  it('say nothing empty, shout nothing', () => {
    for (const [key, value] of [...Object.values(ids), ...Object.values(ens)].flatMap((texts) => Object.entries(texts))) {
      expect(value.trim(), key).not.toBe('');
      expect(value, key).not.toMatch(/!|silakan|kamu\b/i);
    }
  });
  it('hold every key that the source names', () => {
    const used = [...text.matchAll(/\bt\(\s*'([a-z0-9_.]+)'/g)].map((m) => m[1]!);
    expect(used.length).toBeGreaterThan(200);
    expect([...new Set(used)].filter((key) => !(key in all))).toEqual([]);
  });
  it('hold no key that nothing uses', () => {
    const stems = [...new Set(stemsOf(text))];
    const unused = Object.keys(all).filter(
      (key) => !text.includes(`'${key}'`) && !stems.some((stem) => key.startsWith(stem)) && !/^task\.\w+\.(sub|act)$/.test(key)
    );
    expect(unused).toEqual([]);
  }, 60_000);
});

function resolve(from: string, spec: string): string | undefined {
  const path = spec.startsWith('$lib/') ? 'src/lib/' + spec.slice(5) : spec.startsWith('.') ? normalize(join(dirname(from), spec)) : undefined;
  return path && ['', '.ts', '.svelte.ts', '/index.ts'].map((end) => path + end).find((p) => sources.has(p));
}
/** All that a file brings along, lazily too. */
function closure(from: string, seen = new Set<string>()): Set<string> {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const m of sources.get(from)!.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    const next = resolve(from, m[1]!);
    if (next && !next.includes('i18n/group/')) closure(next, seen);
  }
  return seen;
}
/** The layouts above a page, and their load files. */
function chain(page: string): string[] {
  const found = [page, join(dirname(page), '+page.ts')];
  for (let folder = dirname(page); folder.startsWith('src/routes'); folder = dirname(folder)) {
    found.push(join(folder, '+layout.svelte'), join(folder, '+layout.ts'));
  }
  return found.filter((path) => existsSync(path));
}

describe('a route', () => {
  const pages = [...sources.keys()].filter((path) => path.endsWith('+page.svelte'));
  it.each(pages)('%s loads the words of all that it shows', (page) => {
    const loads = chain(page);
    const shown = new Set(loads.flatMap((path) => [...closure(path)]));
    // What is opened later brings its own words.
    const groups = [...shown].flatMap((path) => [...sources.get(path)!.matchAll(/i18n\/group\/(\w+)'/g)].map((m) => m[1]!));
    const known: Texts = Object.assign({}, ids.core, ...groups.map((group) => ids[group]));
    const used = new Set([...shown].flatMap((path) => keysOf(sources.get(path)!)));
    expect([...used].filter((key) => !(key in known)), `groups loaded: ${groups.join(', ')}`).toEqual([]);
  });
});
