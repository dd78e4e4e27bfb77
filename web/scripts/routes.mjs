// What a browser fetches to open a route, by the build's own tables.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const client = join(root, '.svelte-kit/output/client');
const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8'));
const app = readFileSync(join(root, '.svelte-kit/generated/client-optimized/app.js'), 'utf8');
const node = (n) => `.svelte-kit/generated/client-optimized/nodes/${n}.js`;

/** The nodes of a route: the root layout, the error page, then what the router's table says. */
function nodesOf(route) {
  const found = app.match(new RegExp(`"${route.replace(/[()[\]]/g, '\\$&')}": \\[([\\d,[\\]]+)\\]`));
  if (!found) throw new Error(`no route ${route} in the build`);
  return [0, 1, ...found[1].match(/\d+/g).map(Number)];
}

/** The build's entries for a route: static imports, and those loaded later where `later` allows (key, name); never the pages of other routes. */
export function filesOf(route, later) {
  const entries = Object.keys(manifest).filter((k) => k.endsWith('client/entry.js') || k.endsWith('client-optimized/app.js'));
  const seen = new Set();
  const visit = (key) => {
    const entry = manifest[key];
    if (!entry || seen.has(key)) return;
    seen.add(key);
    entry.imports?.forEach(visit);
    entry.dynamicImports?.filter((k) => !k.includes('/nodes/') && later(k, manifest[k]?.name ?? '')).forEach(visit);
  };
  [...entries, ...nodesOf(route).map(node)].forEach(visit);
  return [...seen].map((key) => manifest[key]);
}
