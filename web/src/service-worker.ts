/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';

// The shell of the screens is kept, so that a phone without signal still opens them.
// Answers of the API are never kept here.
const worker = self as unknown as ServiceWorkerGlobalScope;
const NAME = `jaring-${version}`;
const SHELL = [...build, ...files, '/'];

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(SHELL)));
});

worker.addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(old());
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
  if (build.includes(url.pathname) || files.includes(url.pathname)) event.respondWith(kept(event.request));
  else if (event.request.mode === 'navigate') event.respondWith(page(event.request));
});

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** The newest page when the network answers soon, else the kept one. */
async function page(request: Request): Promise<Response> {
  const shell = await caches.match('/');
  if (!shell) return fetch(request);
  try {
    const answer = await Promise.race([fetch(request), new Promise<never>((_, fail) => setTimeout(() => fail(new Error('slow')), 2500))]);
    return answer.ok ? answer : shell;
  } catch {
    return shell;
  }
}
