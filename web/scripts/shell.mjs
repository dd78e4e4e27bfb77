// Lists what the field needs to open without a network, for the service worker to keep:
// the files of the field's routes, with all that they load later. Runs after the build.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, root } from './routes.mjs';

/** The routes that must open from cold without signal. */
const ROUTES = ['/', '/login', '/(field)/field', '/(field)/field/register', '/(field)/field/sweep', '/(field)/field/sweep/[id]', '/(field)/field/box', '/(field)/field/badge', '/(field)/field/money', '/(field)/field/money/take', '/(field)/field/money/receipt/[id]', '/(field)/field/lapses', '/(field)/field/gate', '/board/loop', '/(field)/field/employers', '/(field)/field/employers/new', '/(field)/field/employers/hire', '/(field)/field/employers/[id]', '/(app)/device', '/(app)/account'];

const files = [...new Set(ROUTES.flatMap((route) => filesOf(route, () => true)).flatMap((f) => [f.file, ...(f.css ?? []), ...(f.assets ?? [])]))].map((f) => '/' + f).sort();
const { version } = JSON.parse(readFileSync(join(root, '.svelte-kit/output/client/_app/version.json'), 'utf8'));
writeFileSync(join(root, 'embedded/site/shell.json'), JSON.stringify({ version, files }) + '\n');
