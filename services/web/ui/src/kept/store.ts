// What this browser keeps over a reload and over hours without a network: drafts, steps that wait to be sent, orders seen
// last. IndexedDB, because photographs do not fit into the storages of text.
const NAME = 'trunkline.orders'
const STORES = ['drafts', 'files', 'outbox', 'seen'] as const

export type StoreName = (typeof STORES)[number]

let opening: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name))
    request.onsuccess = () => {
      // Another page with a newer version must not wait for this one.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => {
      opening = undefined
      reject(request.error ?? new Error('the storage of this browser cannot be opened'))
    }
  })
  return opening
}

async function act<T>(name: StoreName, mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode)
    const request = run(transaction.objectStore(name))
    // A write is done when its transaction is: only then does it survive.
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? new Error('the storage of this browser is full'))
  })
}

export const read = <T>(name: StoreName, key: string) => act(name, 'readonly', (store) => store.get(key) as IDBRequest<T | undefined>)
export const readAll = <T>(name: StoreName) => act(name, 'readonly', (store) => store.getAll() as IDBRequest<T[]>)
export const keysOf = (name: StoreName) => act(name, 'readonly', (store) => store.getAllKeys() as IDBRequest<string[]>)
export const write = (name: StoreName, key: string, value: unknown) => act(name, 'readwrite', (store) => store.put(value, key))
export const remove = (name: StoreName, key: string) => act(name, 'readwrite', (store) => store.delete(key))
export const clear = (name: StoreName) => act(name, 'readwrite', (store) => store.clear())
