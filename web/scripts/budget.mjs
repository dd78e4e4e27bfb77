// Measures what a phone downloads to open a route, gzipped, and fails above the budget.
//   npm run budget        (after npm run build)
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const budget = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));
const client = join(root, '.svelte-kit/output/client');
const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8'));
const app = readFileSync(join(root, '.svelte-kit/generated/client-optimized/app.js'), 'utf8');

const size = (file) => gzipSync(readFileSync(join(client, file)), { level: 9 }).length;
const node = (n) => `.svelte-kit/generated/client-optimized/nodes/${n}.js`;

/** The nodes of a route: the root layout, the error page, then what the router's table says. */
function nodesOf(route) {
  const found = app.match(new RegExp(`"${route.replace(/[()[\]]/g, '\\$&')}": \\[([\\d,[\\]]+)\\]`));
  if (!found) throw new Error(`no route ${route} in the build`);
  return [0, 1, ...found[1].match(/\d+/g).map(Number)];
}

/** All that is loaded for keys: static imports, and lazy ones where `lazy` allows. */
function closure(keys, lazy) {
  const seen = new Set();
  const visit = (key) => {
    const entry = manifest[key];
    if (!entry || seen.has(key)) return;
    seen.add(key);
    entry.imports?.forEach(visit);
    entry.dynamicImports?.filter(lazy).forEach(visit);
  };
  keys.forEach(visit);
  return [...seen].map((key) => manifest[key]);
}

let over = 0;
for (const [route, limit] of Object.entries(budget.routes)) {
  const entries = Object.keys(manifest).filter((k) => k.endsWith('client/entry.js') || k.endsWith('client-optimized/app.js'));
  // The pages of other routes and the second language are not fetched to open this one.
  const lazy = (key) => !key.includes('/nodes/') && !key.includes('/en.d/');
  const files = closure([...entries, ...nodesOf(route).map(node)], lazy);
  const js = [...new Set(files.map((f) => f.file).filter((f) => f.endsWith('.js')))].reduce((sum, f) => sum + size(f), 0);
  const css = [...new Set(files.flatMap((f) => f.css ?? []))].reduce((sum, f) => sum + size(f), 0);
  const line = (name, got, most) => {
    if (got > most) over++;
    console.log(`${got > most ? 'OVER ' : 'ok   '} ${route} ${name} ${(got / 1000).toFixed(1)} kB of ${(most / 1000).toFixed(0)} kB gzip`);
  };
  line('js', js, limit.js);
  line('css', css, limit.css);
}
process.exit(over ? 1 : 0);
