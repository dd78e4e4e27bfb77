/** The phone's own drawer: stores in IndexedDB, and few acts on them. */
export type Store = 'keys' | 'meta' | 'outbox' | 'text' | 'draft';

const NAME = 'jaring';
const VERSION = 2;
const STORES: Store[] = ['keys', 'meta', 'outbox', 'text', 'draft'];
let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const store of STORES) {
        if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
      }
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      done(request.result);
    };
    request.onerror = () => {
      opening = undefined;
      fail(request.error);
    };
  });
  return opening;
}

export type Stores = Record<Store, IDBObjectStore>;

/** All of `act` or nothing of it. It may wait for requests on these stores only. */
export async function change(stores: Store[], act: (s: Stores) => void): Promise<void> {
  const db = await open();
  return new Promise<void>((done, fail) => {
    // Strict durability: "tersimpan" is said only once the disk has it.
    const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
    tx.oncomplete = () => done();
    tx.onabort = () => fail(tx.error);
    try {
      act(Object.fromEntries(stores.map((name) => [name, tx.objectStore(name)])) as Stores);
    } catch (error) {
      fail(error);
      tx.abort();
    }
  });
}

async function look<T>(store: Store, act: (s: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  return new Promise<T>((done, fail) => {
    const request = act(db.transaction(store, 'readonly').objectStore(store));
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

export const read = <T>(store: Store, key: string) => look<T | undefined>(store, (s) => s.get(key));
export const readAll = <T>(store: Store) => look<T[]>(store, (s) => s.getAll());
export const write = (store: Store, key: string, value: unknown) => change([store], (s) => void s[store].put(value, key));
export const remove = (store: Store, key: string) => change([store], (s) => void s[store].delete(key));

/** The next of a row of numbers; two tabs never get the same. */
export async function next(name: string): Promise<number> {
  let n = 0;
  await change(['meta'], ({ meta }) => {
    const request = meta.get(name) as IDBRequest<number | undefined>;
    request.onsuccess = () => meta.put((n = (request.result ?? 0) + 1), name);
  });
  return n;
}

/** Asks the browser not to evict what waits here. */
export async function keepForGood(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}

/** Whether the phone refused because its disk, or our share of it, is full. */
export const isFull = (error: unknown): boolean => (error as DOMException | null)?.name === 'QuotaExceededError';
