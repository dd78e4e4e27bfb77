import type { Loop } from './public';

/**
 * What a screen in a hall keeps, so that it goes on without a network and opens from cold: the last loop that it
 * heard, and its pictures and films, which the service worker gives to the page.
 */
const NAME = 'jaring-loop';
const page = (token: string) => `/board/loop/${encodeURIComponent(token)}`;
const box = (): Promise<Cache | undefined> => (globalThis.caches ? caches.open(NAME) : Promise.resolve(undefined));
let busy = false;

/** The last loop that was kept. Never throws. */
export async function keptLoop(token: string): Promise<Loop | undefined> {
  try {
    const found = await (await box())?.match(page(token));
    return (await found?.json()) as Loop | undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a loop and what it shows, one after the other, and lets go of what it shows no more. Never throws: a full disk keeps less. */
export async function keepLoop(token: string, loop: Loop): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    const cache = await box();
    if (!cache) return;
    const wanted = new Set(loop.slides.flatMap((s) => s.picture ?? s.film ?? []));
    await cache.put(page(token), new Response(JSON.stringify(loop), { headers: { 'Content-Type': 'application/json' } }));
    const known = new Set((await cache.keys()).map((k) => new URL(k.url).pathname));
    for (const path of known) if (!wanted.has(path) && path !== page(token)) await cache.delete(path);
    for (const path of wanted) {
      if (known.has(path)) continue;
      const answer = await fetch(path, { headers: { Authorization: `Kiosk ${token}` } });
      if (answer.status === 200) await cache.put(path, answer);
    }
  } catch {
    // it is asked again with the next loop
  } finally {
    busy = false;
  }
}
