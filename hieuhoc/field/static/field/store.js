// IndexedDB: one small index of the people of this phone, and one box for each of them. Nothing here knows the network.

/** @typedef {import("./types.js").Person} Person */

const INDEX = "hieuhoc-field";
const VERSION = 1;
/** @type {Map<string, Promise<IDBDatabase>>} */
const opened = new Map();

/** @param {string} name @param {(db: IDBDatabase) => void} make */
function open(name, make) {
  const known = opened.get(name);
  if (known) return known;
  const found = new Promise((/** @type {(db: IDBDatabase) => void} */ done, fail) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  opened.set(name, found);
  found.then((db) => {
    const gone = () => opened.delete(name);
    db.onclose = gone;
    db.onversionchange = () => (gone(), db.close());
  }, () => opened.delete(name));
  return found;
}

/** The people who use this phone, and who is at it now. */
export const openIndex = () => open(INDEX, (db) => db.createObjectStore("people", { keyPath: "id" }));

/** The box of one person. @param {number} id */
export const openBox = (id) =>
  open(`${INDEX}-${id}`, (db) => {
    db.createObjectStore("state");
    db.createObjectStore("subjects", { keyPath: "id" });
    db.createObjectStore("dossiers", { keyPath: "at" });
    db.createObjectStore("box", { keyPath: "n", autoIncrement: true }).createIndex("id", "id", { unique: true });
    db.createObjectStore("photos", { keyPath: "id" });
    db.createObjectStore("told", { keyPath: "id" });
  });

/**
 * The answer to one request. @template T @param {IDBRequest<T>} request @returns {Promise<T>}
 */
export const ask = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/**
 * One transaction: what `work` writes is on the disk when this is over, or none of it is.
 * @template T
 * @param {IDBDatabase} db @param {string[]} names @param {"readonly"|"readwrite"} mode
 * @param {(tx: IDBTransaction) => Promise<T>|T} work
 * @returns {Promise<T>}
 */
export async function act(db, names, mode, work) {
  const tx = db.transaction(names, mode, mode === "readwrite" ? { durability: "strict" } : {});
  const over = new Promise((done, fail) => {
    tx.oncomplete = () => done(undefined);
    tx.onabort = () => fail(tx.error ?? new Error("Không ghi được vào bộ nhớ máy."));
  });
  over.catch(() => undefined);
  try {
    const result = await work(tx);
    await over;
    return result;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It is over already.
    }
    throw error;
  }
}

/** Everything in one store. @param {IDBDatabase} db @param {string} name @returns {Promise<any[]>} */
export const all = (db, name) => act(db, [name], "readonly", (tx) => ask(tx.objectStore(name).getAll()));

/** One entry. @param {IDBDatabase} db @param {string} name @param {IDBValidKey} key @returns {Promise<any>} */
export const one = (db, name, key) => act(db, [name], "readonly", (tx) => ask(tx.objectStore(name).get(key)));

/** Keep one entry. @param {IDBDatabase} db @param {string} name @param {any} value @param {IDBValidKey} [key] */
export const keep = (db, name, value, key) =>
  act(db, [name], "readwrite", (tx) => void tx.objectStore(name).put(value, key));

/** Everybody who uses this phone. @returns {Promise<Person[]>} */
export async function people() {
  return all(await openIndex(), "people");
}

/**
 * Change what the index says of a person, who is made where not known.
 * @param {number} id @param {Partial<Person>} part
 * @returns {Promise<Person>}
 */
export async function rememberPerson(id, part) {
  return act(await openIndex(), ["people"], "readwrite", async (tx) => {
    const store = tx.objectStore("people");
    const known = await ask(store.get(id));
    const person = { id, name: "", place: "", box: "", open: false, seen: Date.now(), ...known, ...part };
    store.put(person);
    return person;
  });
}

/** Who sits at the phone; null for nobody. @param {number|null} id */
export async function sitDown(id) {
  return act(await openIndex(), ["people"], "readwrite", async (tx) => {
    const store = tx.objectStore("people");
    for (const person of await ask(store.getAll())) store.put({ ...person, open: person.id === id });
  });
}
