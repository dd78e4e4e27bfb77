// Starts the real program on fresh demo databases for the specs. JARING_BIN names the
// program; JARING_URL with JARING_LOGINS (the JSON that `jaring demo` prints) names a
// server that runs already.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
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
    /** The simulated bank of each house; empty where a server runs already. */
    banks: string[];
    logins: Login[];
    /** A house that nobody runs yet, for a spec that needs one to itself; empty where a server runs already. */
    spare: string;
  }
}

const run = promisify(execFile);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Files of specs run side by side, each worker against a house of its own, so that none meets another's records. */
export const WORKERS = 2;

export default async function setup(project: TestProject) {
  if (process.env.JARING_URL) {
    project.provide('urls', [process.env.JARING_URL]);
    project.provide('banks', []);
    project.provide('spare', '');
    project.provide('logins', JSON.parse(process.env.JARING_LOGINS ?? '[]'));
    return;
  }
  const bin = program();
  if (!existsSync(bin)) throw new Error(`no program at ${bin}: run make build, or set JARING_BIN`);
  const folder = mkdtempSync(join(tmpdir(), 'jaring-e2e-'));
  const first = join(folder, '0');
  mkdirSync(first);
  const { stdout } = await run(bin, ['demo', '--story', 'a', '--db', 'sqlite:' + join(first, 'e2e.db'), '--json'], { maxBuffer: 64 << 20 });
  const houses = [first];
  const spare = join(folder, 'spare');
  cpSync(first, spare, { recursive: true });
  for (let n = 1; n < WORKERS; n++) {
    houses.push(join(folder, String(n)));
    cpSync(first, houses[n]!, { recursive: true });
  }
  const servers = await Promise.all(houses.map((house) => serve(bin, house)));
  project.provide('urls', servers.map((s) => s.address));
  project.provide('banks', servers.map((s) => s.bank));
  project.provide('spare', spare);
  project.provide('logins', (JSON.parse(stdout) as { logins: Login[] }).logins);
  return async () => {
    await Promise.all(servers.map((s) => s.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
}

const program = () => resolve(process.env.JARING_BIN ?? '../bin/jaring');

/** Runs the spare house, with a simulated core of the fund that answers at once. */
export async function serveSpare(house: string) {
  const portFile = join(house, 'core.port');
  const core = begin(program(), ['core-sim', '--port-file', portFile, '--delay', '0s', '--reject-rate', '0']);
  const served = await serve(program(), house, '--core', await waitFor(core, portFile, '/v1/answers'));
  return { ...served, stop: () => Promise.all([served.stop(), end(core)]) };
}

/** A house: a bank that is simulated, and a server that knows it. Each has to know where the other is. */
async function serve(bin: string, house: string, ...more: string[]) {
  const at = `127.0.0.1:${await freePort()}`;
  const [bankPort, banks] = [join(house, 'bank.port'), join(house, 'banks.json')];
  const bank = begin(bin, ['bank-sim', '--port-file', bankPort, '--bank-file', banks, '--notify', `http://${at}/snap`]);
  const bankAddress = await waitFor(bank, bankPort, '/');
  const portFile = join(house, 'port');
  const server = begin(bin, ['serve', '--db', 'sqlite:' + join(house, 'e2e.db'), '--listen', at, '--port-file', portFile, '--banks', banks, ...more]);
  const address = await waitFor(server, portFile, '/healthz');
  return { address, bank: bankAddress, stop: () => Promise.all([server, bank].map(end)) };
}

interface Begun { process: ChildProcess; talk: () => string }

function begin(bin: string, args: string[]): Begun {
  const process = spawn(bin, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let talk = '';
  process.stderr!.on('data', (part: Buffer) => (talk = (talk + part.toString()).slice(-4000)));
  return { process, talk: () => talk };
}

async function end({ process }: Begun) {
  process.kill('SIGTERM');
  await Promise.race([new Promise((done) => process.once('exit', done)), pause(5000)]);
}

const freePort = () =>
  new Promise<number>((done, fail) => {
    const held = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
      const { port } = held.address() as AddressInfo;
      held.close(() => done(port));
    });
  });

/** The address that a program wrote, once it answers there. */
async function waitFor({ process: server, talk }: Begun, portFile: string, path: string): Promise<string> {
  for (let n = 0; n < 300; n++) {
    if (server.exitCode !== null) throw new Error('the server stopped:\n' + talk());
    const said = existsSync(portFile) ? readFileSync(portFile, 'utf8').trim() : '';
    if (said) {
      const address = said.startsWith('http') ? said : 'http://' + (said.includes(':') ? said : '127.0.0.1:' + said);
      const ready = await fetch(address + path).then((r) => r.ok, () => false);
      if (ready) return address;
    }
    await pause(100);
  }
  throw new Error('the server did not answer within 30 s:\n' + talk());
}
