/** The phone's own drawer: four stores in IndexedDB, and four acts on them. */
export type Store = 'keys' | 'meta' | 'outbox' | 'draft';

const NAME = 'jaring';
const STORES: Store[] = ['keys', 'meta', 'outbox', 'draft'];
let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(NAME, 1);
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

async function within<T>(store: Store, mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  return new Promise<T>((done, fail) => {
    // Strict durability: "tersimpan" is said only once the disk has it.
    const tx = db.transaction(store, mode, mode === 'readwrite' ? { durability: 'strict' } : undefined);
    const request = act(tx.objectStore(store));
    tx.oncomplete = () => done(request.result);
    tx.onabort = tx.onerror = () => fail(tx.error ?? request.error);
  });
}

export const read = <T>(store: Store, key: string) => within<T | undefined>(store, 'readonly', (s) => s.get(key));
export const readAll = <T>(store: Store) => within<T[]>(store, 'readonly', (s) => s.getAll());
export const write = (store: Store, key: string, value: unknown) => within(store, 'readwrite', (s) => s.put(value, key));
export const remove = (store: Store, key: string) => within(store, 'readwrite', (s) => s.delete(key));

/** Asks the browser not to evict what waits here. */
export async function keepForGood(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
