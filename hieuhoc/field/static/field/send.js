// Sending: by the page and, where there is one, by the service worker in the background. Only a receipt empties the box.

import { all, one, openBox, keep, people, rememberPerson } from "./store.js";
import { keepPull, markTried, photoSent, settle, waiting } from "./box.js";
import { uuid7 } from "./ids.js";

/** @typedef {import("./types.js").Pull} Pull */
/** @typedef {import("./types.js").Boxed} Boxed */
/** @typedef {import("./types.js").Photo} Photo */
/** @typedef {import("./types.js").Receipt} Receipt */
/** @typedef {"sent"|"busy"|"offline"|"timeout"|"not_ours"|"server"|"sign_in"|"no_post"|"upgrade"|"unreadable"|"other_person"|"phone"} State */
/** @typedef {{state: State, message: string, left: number, person?: {id: number, name: string}}} Told */

export const BASE = "/thuc-dia/";
const BATCH = 50;
const PIECE = 64 * 1024;
// A piece of 64 KB takes half a minute on the slowest networks.
const PATIENCE = 90_000;

/** Whose box a request is of: the server refuses it where somebody else is signed in. @param {number} id */
const of = (id) => ({ "X-Hieuhoc-Person": String(id) });

/** What stood in the way; `state` decides the sentence. */
export class Stopped extends Error {
  /** @param {State|"offset"} state @param {string} message @param {number} [have] @param {{id: number, name: string}} [person] */
  constructor(state, message = "", have = 0, person = undefined) {
    super(message);
    this.state = state;
    this.have = have;
    this.person = person;
  }
}

/**
 * One request; what is not JSON with "v": 1 is not from this server.
 * @param {string} path @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function ask(path, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const headers = { "X-Hieuhoc-Field": "1", ...options.headers };
  try {
    const wish = { cache: "no-store", credentials: "same-origin", signal: stop.signal };
    const answer = await fetch(BASE + path, /** @type {RequestInit} */ ({ ...wish, ...options, headers }));
    return told(answer, await answer.text());
  } catch (error) {
    if (error instanceof Stopped) throw error;
    throw new Stopped(stop.signal.aborted ? "timeout" : "offline");
  } finally {
    clearTimeout(timer);
  }
}

/** @type {Record<number, State>} */
const BY_STATUS = { 401: "sign_in", 403: "no_post", 409: "upgrade", 400: "unreadable", 413: "unreadable", 422: "unreadable" };
/** @type {Record<string, State|"offset">} */
const BY_CODE = { sign_in: "sign_in", no_post: "no_post", upgrade: "upgrade", unreadable: "unreadable", offset: "offset", other_person: "other_person" };

/** @param {Response} answer @param {string} text */
function told(answer, text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (body === null || typeof body !== "object" || body.v !== 1) {
    throw new Stopped(answer.status >= 500 ? "server" : "not_ours");
  }
  if (answer.ok) return body;
  const state = BY_CODE[body.code] ?? BY_STATUS[answer.status] ?? "server";
  throw new Stopped(state, String(body.message ?? ""), Number(body.have ?? 0), body.person);
}

/**
 * What the server has; `since` a cursor, only what changed after it.
 * @param {number|undefined} place @param {string} since
 * @returns {Promise<Pull>}
 */
export function pull(place, since) {
  const query = new URLSearchParams();
  if (place) query.set("place", String(place));
  if (since) query.set("since", since);
  return ask(`lay/?${query}`);
}

/**
 * Pull, send the box, send the photos, pull again. Never throws; what stood in the way is told.
 * @param {number} id the person whose box it is @param {() => void} [changed] called when the box has changed
 * @returns {Promise<Told>}
 */
export async function sync(id, changed = () => undefined) {
  const work = () => guarded(id, changed);
  if (!("locks" in navigator)) return work();
  // The page in two tabs, or the page and the worker, never send the same thing at once.
  return navigator.locks.request(`hieuhoc-field-send-${id}`, { ifAvailable: true }, (lock) =>
    lock ? work() : { state: /** @type {State} */ ("busy"), message: "", left: 0 },
  );
}

/** @param {number} id @param {() => void} changed @returns {Promise<Told>} */
async function guarded(id, changed) {
  const db = await openBox(id);
  /** @type {State} */
  let state = "sent";
  let message = "";
  let person;
  try {
    await freshen(db, id);
    changed();
    const sent = (await sendBox(db, id, changed)) + (await sendPhotos(db, id, changed));
    if (sent) await freshen(db, id);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    state = error.state === "offset" ? "server" : error.state;
    ({ message, person } = error);
  }
  changed();
  return { state, message, person, left: waiting(await all(db, "box"), await all(db, "photos")) };
}

/** The pull of a place; where the person writes there no more, of the first place where they do. @param {number|undefined} place @param {string} since */
async function pullAt(place, since) {
  try {
    return await pull(place, since);
  } catch (error) {
    if (place && error instanceof Stopped && error.state === "no_post") return pull(undefined, "");
    throw error;
  }
}

/** Pull, and see that whoever is signed in is whose box it is. @param {IDBDatabase} db @param {number} id */
async function freshen(db, id) {
  const known = await one(db, "state", "known");
  const wanted = (await one(db, "state", "place")) ?? known?.place?.id;
  const since = known && known.place.id === wanted ? known.cursor : "";
  const got = await pullAt(wanted, since);
  if (got.person.id !== id) throw new Stopped("other_person", "", 0, got.person);
  await keepPull(db, got);
  await rememberPerson(id, { name: got.person.name, place: got.place.name });
}

/** The id of this box, made once. @param {number} id */
async function boxId(id) {
  const person = (await people()).find((one) => one.id === id);
  if (person?.box) return person.box;
  return (await rememberPerson(id, { box: uuid7() })).box;
}

/**
 * Send the envelopes in their order. A batch that the server cannot read goes one by one, so that one bad envelope
 * stays behind alone.
 * @param {IDBDatabase} db @param {number} id @param {() => void} changed
 */
async function sendBox(db, id, changed) {
  const box = await boxId(id);
  /** @type {Set<string>} */
  const passed = new Set();
  let size = BATCH;
  let sent = 0;
  for (;;) {
    const waits = (await all(db, "box")).filter((boxed) => !passed.has(boxed.id)).slice(0, size);
    if (!waits.length) return sent;
    const now = await markTried(db, waits);
    try {
      const left = await post(db, id, box, now);
      sent += left;
      for (const boxed of now) passed.add(boxed.id);
      if (left) changed();
    } catch (error) {
      if (!(error instanceof Stopped) || error.state !== "unreadable") throw error;
      if (now.length === 1) {
        passed.add(now[0].id);
        await keep(db, "box", { ...now[0], stuck: error.message || "Máy chủ không đọc được việc này." });
      }
      size = 1;
    }
  }
}

/** @param {IDBDatabase} db @param {number} id @param {string} box @param {Boxed[]} some */
async function post(db, id, box, some) {
  const body = JSON.stringify({ v: 1, box, envelopes: some.map((boxed) => boxed.body) });
  const answer = await ask("gui/", { method: "POST", body, headers: { "Content-Type": "application/json", ...of(id) } });
  if (!Array.isArray(answer.receipts)) throw new Stopped("not_ours");
  return settle(db, /** @type {Receipt[]} */ (answer.receipts));
}

/** @param {IDBDatabase} db @param {number} id @param {() => void} changed */
async function sendPhotos(db, id, changed) {
  let sent = 0;
  for (const photo of /** @type {Photo[]} */ (await all(db, "photos"))) {
    if (photo.done || photo.stuck) continue;
    try {
      await sendPhoto(db, id, photo);
      sent += 1;
    } catch (error) {
      if (!(error instanceof Stopped) || error.state !== "unreadable") throw error;
      await photoSent(db, photo, { stuck: error.message || "Máy chủ không nhận ảnh này." });
    }
    changed();
  }
  return sent;
}

/** From where it stopped, piece by piece. @param {IDBDatabase} db @param {number} id @param {Photo} photo */
async function sendPhoto(db, id, photo) {
  let have = photo.tried ? (await ask(`anh/${photo.id}/`, { headers: of(id) })).have : 0;
  await photoSent(db, photo, { tried: photo.tried + 1, have });
  for (let turn = 0; turn < photo.size / PIECE + 8; turn++) {
    const found = await piece(id, photo, have);
    have = found.have;
    await photoSent(db, photo, { have, done: found.done }, found.refused);
    if (found.done) return;
  }
  throw new Stopped("server");
}

/** @param {number} id @param {Photo} photo @param {number} from @returns {Promise<{have: number, done: boolean, refused?: string}>} */
async function piece(id, photo, from) {
  const query = `from=${from}&size=${photo.size}&sha256=${photo.sha256}`;
  const headers = { "Content-Type": "application/octet-stream", ...of(id) };
  try {
    const body = photo.blob.slice(from, from + PIECE);
    return await ask(`anh/${photo.id}/?${query}`, { method: "PUT", body, headers });
  } catch (error) {
    if (error instanceof Stopped && error.state === "offset") return { have: error.have, done: false };
    throw error;
  }
}

/** In the background: the box of whoever is signed in; of the others nothing is sent. */
export async function background() {
  for (const person of await people()) {
    const db = await openBox(person.id);
    if (!waiting(await all(db, "box"), await all(db, "photos"))) continue;
    const { state } = await sync(person.id);
    if ("BroadcastChannel" in self) new BroadcastChannel("hieuhoc-field").postMessage("changed");
    // The browser calls again later.
    if (["offline", "timeout", "server", "not_ours"].includes(state)) throw new Error(state);
  }
}
