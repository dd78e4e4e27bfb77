// Starts the real program on fresh demo databases for the specs. JARING_BIN names the
// program; JARING_URL with JARING_LOGINS (the JSON that `jaring demo` prints) names a
// server that runs already.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

export interface Login {
  login: string;
  password: string;
  role: string;
}
declare module 'vitest' {
  export interface ProvidedContext {
    urls: string[];
    logins: Login[];
  }
}

const run = promisify(execFile);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Files of specs run side by side, each worker against a house of its own, so that none meets another's records. */
export const WORKERS = 2;

export default async function setup(project: TestProject) {
  if (process.env.JARING_URL) {
    project.provide('urls', [process.env.JARING_URL]);
    project.provide('logins', JSON.parse(process.env.JARING_LOGINS ?? '[]'));
    return;
  }
  const bin = resolve(process.env.JARING_BIN ?? '../bin/jaring');
  if (!existsSync(bin)) throw new Error(`no program at ${bin}: run make build, or set JARING_BIN`);
  const folder = mkdtempSync(join(tmpdir(), 'jaring-e2e-'));
  const first = join(folder, '0');
  mkdirSync(first);
  const { stdout } = await run(bin, ['demo', '--story', 'a', '--db', 'sqlite:' + join(first, 'e2e.db'), '--json'], { maxBuffer: 64 << 20 });
  const houses = [first];
  for (let n = 1; n < WORKERS; n++) {
    houses.push(join(folder, String(n)));
    cpSync(first, houses[n]!, { recursive: true });
  }
  const servers = await Promise.all(houses.map((house) => serve(bin, house)));
  project.provide('urls', servers.map((s) => s.address));
  project.provide('logins', (JSON.parse(stdout) as { logins: Login[] }).logins);
  return async () => {
    await Promise.all(servers.map((s) => s.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
}

async function serve(bin: string, house: string) {
  const portFile = join(house, 'port');
  const server = spawn(bin, ['serve', '--db', 'sqlite:' + join(house, 'e2e.db'), '--listen', '127.0.0.1:0', '--port-file', portFile], { stdio: ['ignore', 'ignore', 'pipe'] });
  let talk = '';
  server.stderr!.on('data', (part: Buffer) => (talk = (talk + part.toString()).slice(-4000)));
  const address = await waitFor(server, portFile, () => talk);
  const stop = async () => {
    server.kill('SIGTERM');
    await Promise.race([new Promise((done) => server.once('exit', done)), pause(5000)]);
  };
  return { address, stop };
}

/** The address that the server wrote, once it answers there. */
async function waitFor(server: ChildProcess, portFile: string, talk: () => string): Promise<string> {
  for (let n = 0; n < 300; n++) {
    if (server.exitCode !== null) throw new Error('the server stopped:\n' + talk());
    const said = existsSync(portFile) ? readFileSync(portFile, 'utf8').trim() : '';
    if (said) {
      const address = said.startsWith('http') ? said : 'http://' + (said.includes(':') ? said : '127.0.0.1:' + said);
      const ready = await fetch(address + '/healthz').then((r) => r.ok, () => false);
      if (ready) return address;
    }
    await pause(100);
  }
  throw new Error('the server did not answer within 30 s:\n' + talk());
}
