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

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});

worker.addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(old());
});

worker.addEventListener('message', (event) => {
  if (event.data === 'take') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
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
