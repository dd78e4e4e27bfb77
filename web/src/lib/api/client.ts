import { Problem, problemOf } from './problem';
import { uuidv7 } from './uuid';

const BASE = '/api/v1';
const PATIENCE = 12_000;
const RETRIES = 2;

export interface CallOptions {
  body?: unknown;
  /** A body that is already text or bytes, sent as it is; bytes say their own type. */
  raw?: string | Blob;
  key?: string;
  ifMatch?: string;
  /** With GET: the tag of what is kept; the answer is then without data when that still holds. */
  ifNoneMatch?: string;
  timeout?: number;
  signal?: AbortSignal;
}

export interface Answer<T> {
  data: T;
  status: number;
  etag?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Listener = (online: boolean) => void;

const listeners = new Set<Listener>();
let refused: () => void = () => undefined;
let language: () => string = () => 'id';

/** The client asks for sentences in this language. */
export function speak(source: () => string): void {
  language = source;
}

/** Tells whether calls reach the server, each time one does or does not. */
export function onReach(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells when the office no longer knows who is calling. */
export function onRefused(listener: () => void): void {
  refused = listener;
}

/** One call. Reading is retried, writing never: its Idempotency-Key lets the caller do so. Throws Problem. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<Answer<T>> {
  for (let turn = 0; ; turn++) {
    try {
      return await once<T>(method, path, options);
    } catch (error) {
      const problem = error as Problem;
      const passing = problem.away || problem.code === 'unavailable';
      if (method !== 'GET' || !passing || turn >= RETRIES || options.signal?.aborted) throw error;
      await wait(250 * 3 ** turn);
    }
  }
}

export const get = async <T>(path: string, options?: CallOptions) => (await call<T>('GET', path, options)).data;
export const post = async <T>(path: string, body: unknown, options?: CallOptions) =>
  (await call<T>('POST', path, { ...options, body })).data;

async function once<T>(method: Method, path: string, options: CallOptions): Promise<Answer<T>> {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), options.timeout ?? PATIENCE);
  options.signal?.addEventListener('abort', () => stop.abort());
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: headersOf(method, options),
      body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      credentials: 'same-origin',
      signal: stop.signal
    });
  } catch {
    if (options.signal?.aborted) throw new Problem('network', 0, 'error.stopped', '');
    listeners.forEach((tell) => tell(false));
    throw new Problem(stop.signal.aborted ? 'timeout' : 'network', 0, stop.signal.aborted ? 'error.timeout' : 'error.network', '');
  } finally {
    clearTimeout(clock);
  }
  listeners.forEach((tell) => tell(true));
  const data = await bodyOf(response);
  // A batch is judged by its signature, not by the log-in.
  if (response.status === 401 && path !== '/session' && path !== '/sync') refused();
  if (!response.ok && response.status !== 304) throw problemOf(response.status, data, response.headers.get('Retry-After'));
  return { data: data as T, status: response.status, etag: response.headers.get('ETag') ?? undefined };
}

function headersOf(method: Method, options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() };
  if (options.body !== undefined || options.raw !== undefined) headers['Content-Type'] = options.raw instanceof Blob ? options.raw.type : 'application/json';
  if (method === 'POST' || options.key) headers['Idempotency-Key'] = `"${options.key ?? uuidv7()}"`;
  if (options.ifMatch) headers['If-Match'] = options.ifMatch;
  if (options.ifNoneMatch) headers['If-None-Match'] = options.ifNoneMatch;
  return headers;
}

async function bodyOf(response: Response): Promise<unknown> {
  if (/^application\/(pdf|vnd\.)/.test(response.headers.get('Content-Type') ?? '')) return response.blob();
  const text = await response.text().catch(() => '');
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
