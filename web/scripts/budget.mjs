// Measures what a phone downloads to open a route, gzipped, and fails above the budget.
//   npm run budget        (after npm run build)
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { client, filesOf, root } from './routes.mjs';

const budget = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));
const size = (file) => gzipSync(readFileSync(join(client, file)), { level: 9 }).length;

let over = 0;
for (const [route, limit] of Object.entries(budget.routes)) {
  // The second language is fetched by those who choose it.
  const files = filesOf(route, (key) => !key.includes('/en.d/'));
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
