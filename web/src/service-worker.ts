/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';

// The screens of the field are kept whole, so that a phone without signal opens them from cold;
// what the office opens besides is kept when it is first used. Answers of the API are never kept
// here. A new version is fetched beside the old one and waits until its user takes it.
const worker = self as unknown as ServiceWorkerGlobalScope;
const NAME = `jaring-${version}`;
const OWN = new Set([...build, ...files]);
/** Addresses that open from the phone at once; the others ask the network first. */
const FIELD = /^\/(field|register|device)?(\/|$)/;
const PATIENCE = 2500;
/** Pictures and films that a screen in a hall keeps (hall/keep.ts); they outlive a new version. */
const LOOP = 'jaring-loop';
const MEDIA = '/api/v1/kiosk/media/';

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});

worker.addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== NAME && name !== LOOP) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(old());
});

worker.addEventListener('message', (event) => {
  if (event.data === 'take') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith(MEDIA)) return event.respondWith(media(event.request, url.pathname));
  if (url.pathname.startsWith('/api/')) return;
  if (OWN.has(url.pathname)) event.respondWith(kept(event.request));
  else if (event.request.mode === 'navigate') event.respondWith(FIELD.test(url.pathname) ? shell(event.request) : page(event.request));
});

/** The list of what the field needs is written by the build; an older one than this worker is asked for again later. */
async function keepShell(): Promise<void> {
  const answer = await fetch('/shell.json', { cache: 'no-store' });
  const list = (await answer.json()) as { version: string; files: string[] };
  if (list.version !== version) throw new Error('the server is between two versions');
  const cache = await caches.open(NAME);
  // A few at a time: the page that is open has the line first.
  const wanted = ['/', ...list.files, ...files.filter((f) => f !== '/shell.json')];
  for (let at = 0; at < wanted.length; at += 4) await cache.addAll(wanted.slice(at, at + 4));
}

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  // A full phone keeps its records rather than our scripts.
  if (answer.ok) void cache.put(request, answer.clone()).catch(() => undefined);
  return answer;
}

/** What a screen keeps, or as much of it as a player asks for: a film is asked for in ranges. */
async function media(request: Request, path: string): Promise<Response> {
  const found = await caches.open(LOOP).then((cache) => cache.match(path));
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('Range') ?? '');
  if (!found || !range) return found ?? fetch(request);
  const whole = await found.blob();
  const [from, to] = [Number(range[1]), Math.min(range[2] ? Number(range[2]) : Infinity, whole.size - 1)];
  if (from > to) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${whole.size}` } });
  const headers = { 'Content-Type': whole.type, 'Content-Length': String(to - from + 1), 'Content-Range': `bytes ${from}-${to}/${whole.size}`, 'Accept-Ranges': 'bytes' };
  return new Response(whole.slice(from, to + 1), { status: 206, headers });
}

async function shell(request: Request): Promise<Response> {
  return (await caches.open(NAME).then((cache) => cache.match('/'))) ?? fetch(request);
}

/** The newest page when the network answers soon, else the kept one. */
async function page(request: Request): Promise<Response> {
  const own = await caches.open(NAME).then((cache) => cache.match('/'));
  if (!own) return fetch(request);
  try {
    const answer = await Promise.race([fetch(request), new Promise<never>((_, fail) => setTimeout(() => fail(new Error('slow')), PATIENCE))]);
    return answer.ok ? answer : own;
  } catch {
    return own;
  }
}
