// Measures what a phone downloads to open a route, gzipped, and fails above the budget.
//   npm run budget        (after npm run build)
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { client, filesOf, root } from './routes.mjs';

const budget = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));
const size = (file) => gzipSync(readFileSync(join(client, file)), { level: 9 }).length;
const kB = (n) => (n / 1000).toFixed(1) + ' kB';
/** The second language is fetched by those who choose it; a sheet by those who open it. */
const atOnce = (key, name) => !key.includes('/en.d/') && !budget.opened_by_a_tap.includes(name);
const named = (files, kind) => [...new Set(files.flatMap((f) => (kind === 'js' ? (f.file.endsWith('.js') ? [f.file] : []) : (f.css ?? []))))];
const weigh = (files) => files.reduce((sum, f) => sum + size(f), 0);

let over = 0;
for (const [route, limit] of Object.entries(budget.routes)) {
  const opened = filesOf(route, atOnce);
  const whole = filesOf(route, (key) => !key.includes('/en.d/'));
  for (const kind of ['js', 'css']) {
    const files = named(opened, kind);
    const got = weigh(files);
    const later = weigh(named(whole, kind)) - got;
    if (got > limit[kind]) over++;
    console.log(`${got > limit[kind] ? 'OVER ' : 'ok   '} ${route} ${kind} ${kB(got)} of ${kB(limit[kind])} gzip in ${files.length} files${later ? `; by a tap ${kB(later)} more` : ''}`);
  }
}
process.exit(over ? 1 : 0);
