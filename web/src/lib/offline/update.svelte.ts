const state = $state<{ ready: boolean }>({ ready: false });
const AGAIN = 60 * 60_000;
let waiting: ServiceWorker | undefined;

/** Whether a newer version lies ready beside this one. */
export const updateReady = (): boolean => state.ready;

/** Registers the service worker and watches for newer versions; none is taken unasked. */
export async function watchUpdates(): Promise<void> {
  const own = navigator.serviceWorker;
  if (!own) return;
  const registration = await own.register('/service-worker.js').catch(() => undefined);
  if (!registration) return;
  const offer = (worker: ServiceWorker | null) => {
    // Without a present worker it is the first one, and nothing is newer.
    if (!worker || !own.controller) return;
    waiting = worker;
    state.ready = true;
  };
  offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing;
    fresh?.addEventListener('statechange', () => fresh.state === 'installed' && offer(fresh));
  });
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < AGAIN) return;
    looked = Date.now();
    void registration.update().catch(() => undefined);
  });
}

/** Changes to the newer version: what is typed is kept as a draft, what waits lies in the box. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage('take');
}

export const laterUpdate = (): void => void (state.ready = false);
