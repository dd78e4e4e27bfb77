import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import { argsOf } from './fill';
import id from './id.json';

const source = join(process.cwd(), 'src');
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : [];
  });
const text = files(source).map((path) => readFileSync(path, 'utf8')).join('\n');
const ids: Record<string, string> = id;
const ens: Record<string, string> = en;

describe('the catalogues', () => {
  it('have the same keys', () => expect(Object.keys(ens)).toEqual(Object.keys(ids)));
  it('are sorted by key', () => expect(Object.keys(ids)).toEqual([...Object.keys(ids)].sort()));
  it('ask for the same arguments', () => {
    for (const key of Object.keys(ids)) expect(argsOf(ens[key]!), key).toEqual(argsOf(ids[key]!));
  });
  it('say nothing empty, shout nothing', () => {
    for (const [key, value] of [...Object.entries(ids), ...Object.entries(ens)]) {
      expect(value.trim(), key).not.toBe('');
      expect(value, key).not.toMatch(/!|silakan|kamu\b/i);
    }
  });
  it('hold every key that the source names', () => {
    const used = [...text.matchAll(/\bt\(\s*'([a-z0-9_.]+)'/g)].map((m) => m[1]!);
    expect(used.length).toBeGreaterThan(200);
    expect([...new Set(used)].filter((key) => !(key in ids))).toEqual([]);
  });
  it('hold no key that nothing uses', () => {
    const stems = [...text.matchAll(/`([a-z_.]+\.)\$\{/g)].map((m) => m[1]!);
    const stemsQuoted = [...text.matchAll(/'([a-z_.]+\.)' \+/g)].map((m) => m[1]!);
    const dynamic = [...new Set([...stems, ...stemsQuoted])];
    const unused = Object.keys(ids).filter(
      (key) => !text.includes(`'${key}'`) && !dynamic.some((stem) => key.startsWith(stem)) && !/^task\.\w+\.(sub|act)$/.test(key)
    );
    expect(unused).toEqual([]);
  });
});
