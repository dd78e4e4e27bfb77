import type { Tally } from './api';

interface Heard {
  tally: (tally: Tally) => void;
  worker: () => void;
}

/** Listens to the office's live line; the browser reconnects by itself. Returns what stops it. */
export function listen(heard: Heard): () => void {
  if (typeof EventSource === 'undefined') return () => undefined;
  const source = new EventSource('/api/v1/live');
  source.addEventListener('tally', (event) => {
    try {
      heard.tally(JSON.parse((event as MessageEvent<string>).data) as Tally);
    } catch {
      // a line that cannot be read is left out; the next one tells all
    }
  });
  source.addEventListener('worker', () => heard.worker());
  return () => source.close();
}
