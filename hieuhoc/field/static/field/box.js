// The box: every change is an envelope, kept until a receipt with its id has come. Each verb is one transaction.

import { act, ask } from "./store.js";
import { at, buildsOn, outcomeOf, settled } from "./overlay.js";
import { clock, uuid7 } from "./ids.js";

/** @typedef {import("./types.js").Envelope} Envelope */
/** @typedef {import("./types.js").Boxed} Boxed */
/** @typedef {import("./types.js").Photo} Photo */
/** @typedef {import("./types.js").Receipt} Receipt */
/** @typedef {import("./types.js").Pull} Pull */
/** @typedef {import("./types.js").Known} Known */
/** @typedef {Partial<Envelope> & {kind: string, place: number, pass: string}} Fields */

/** @param {Fields} fields @returns {Envelope} */
const seal = (fields) => ({ said_by: "", ...fields, id: uuid7(), at: clock() });

/**
 * Put changes into the box, in this order. @param {IDBDatabase} db @param {string} label what a person calls it
 * @param {Fields[]} changes
 */
export function put(db, label, ...changes) {
  return act(db, ["box"], "readwrite", (tx) => {
    for (const fields of changes) {
      const body = seal(fields);
      tx.objectStore("box").add({ id: body.id, tried: 0, label, body });
    }
  });
}

/**
 * Answer one indicator. A former envelope that was never tried is changed; else a new one says what it builds on.
 * @param {IDBDatabase} db @param {string} label
 * @param {Fields & {round: number, subject: string, key: string, value: import("./types.js").Value}} fields
 */
export function answer(db, label, fields) {
  return act(db, ["box", "dossiers"], "readwrite", async (tx) => {
    const store = tx.objectStore("box");
    const known = await ask(tx.objectStore("dossiers").get(at(fields.round, fields.subject)));
    const on = buildsOn(await ask(store.getAll()), known, fields);
    if ("replace" in on) {
      const { value, said_by = "", pass } = fields;
      const body = { ...on.replace.body, value, said_by, pass, at: clock() };
      store.put({ ...on.replace, label, body });
    } else {
      const body = seal({ ...fields, ...on });
      store.add({ id: body.id, tried: 0, label, body });
    }
  });
}

/**
 * A photo and its envelope together.
 * @param {IDBDatabase} db @param {string} label
 * @param {Fields & {round: number, subject: string, key: string}} fields @param {{blob: Blob, sha256: string}} picture
 */
export function addPhoto(db, label, fields, { blob, sha256 }) {
  return act(db, ["box", "photos"], "readwrite", (tx) => {
    const id = uuid7();
    const body = seal({ ...fields, photo: id, size: blob.size, sha256, note: "" });
    const { subject, round, key } = fields;
    const rest = { have: 0, tried: 0, done: false, subject, round, key, label };
    tx.objectStore("photos").add({ id, envelope: body.id, blob, size: blob.size, sha256, ...rest });
    tx.objectStore("box").add({ id: body.id, tried: 0, label, body });
  });
}

/**
 * Take a photo back: out of the box where nobody tried to send it, else by an envelope that says so.
 * @param {IDBDatabase} db @param {string} id @param {Fields} fields
 */
export function dropPhoto(db, id, fields) {
  return act(db, ["box", "photos"], "readwrite", async (tx) => {
    const photo = await ask(tx.objectStore("photos").get(id));
    if (!photo) return;
    const store = tx.objectStore("box");
    const boxed = await ask(store.index("id").get(photo.envelope));
    if (boxed && boxed.tried === 0 && photo.tried === 0) {
      store.delete(boxed.n);
      tx.objectStore("photos").delete(id);
      return;
    }
    const { round, subject, key } = photo;
    const body = seal({ ...fields, kind: "drop_photo", round, subject, key, after: photo.envelope });
    store.add({ id: body.id, tried: 0, label: `Gỡ ảnh · ${photo.label}`, body });
    tx.objectStore("photos").put({ ...photo, dropped: true });
  });
}

/**
 * Take back a photo that is with the commune already. Pressed twice it is said once.
 * @param {IDBDatabase} db @param {string} label @param {Fields & {after: string}} fields
 */
export function dropSent(db, label, fields) {
  return act(db, ["box"], "readwrite", async (tx) => {
    const store = tx.objectStore("box");
    const said = /** @type {Boxed[]} */ (await ask(store.getAll()));
    if (said.some(({ body }) => body.kind === "drop_photo" && body.after === fields.after)) return;
    const body = seal(fields);
    store.add({ id: body.id, tried: 0, label, body });
  });
}

/** They are about to be sent; from now on they are never changed. @param {IDBDatabase} db @param {Boxed[]} some */
export function markTried(db, some) {
  return act(db, ["box"], "readwrite", async (tx) => {
    const store = tx.objectStore("box");
    /** @type {Boxed[]} */
    const now = [];
    for (const { n } of some) {
      const boxed = await ask(store.get(n ?? 0));
      if (!boxed) continue;
      boxed.tried += 1;
      store.put(boxed);
      now.push(boxed);
    }
    return now;
  });
}

/**
 * Empty the box of what has a receipt, and write what the receipts say, in one transaction.
 * @param {IDBDatabase} db @param {Receipt[]} receipts
 * @returns {Promise<number>} how many left the box
 */
export function settle(db, receipts) {
  return act(db, ["box", "dossiers", "subjects", "photos", "told"], "readwrite", async (tx) => {
    let left = 0;
    for (const receipt of receipts) {
      const boxed = await ask(tx.objectStore("box").index("id").get(String(receipt.id)));
      if (!boxed || !OUTCOMES.has(outcomeOf(receipt))) continue;
      tx.objectStore("box").delete(boxed.n);
      left += 1;
      await write(tx, boxed, receipt);
    }
    return left;
  });
}

const OUTCOMES = new Set(["applied", "held", "conflict", "refused"]);

/** @param {IDBTransaction} tx @param {Boxed} boxed @param {Receipt} receipt */
async function write(tx, { body, label }, receipt) {
  const outcome = outcomeOf(receipt);
  const subject = body.subject ?? "";
  if (body.kind === "subject" && outcome === "applied") {
    const about = body.details?.members ? `${body.details.members} khẩu` : "";
    const { model = "", name = "", code = "" } = body;
    tx.objectStore("subjects").put({ id: subject, model, name, code, about });
  }
  const where = at(body.round ?? 0, subject);
  const made = settled(body, receipt, await ask(tx.objectStore("dossiers").get(where)));
  if (made) tx.objectStore("dossiers").put({ ...made, at: where });
  if (body.kind === "photo") await photoSettled(tx, body, outcome);
  // A photo whose bytes are still here is held for us, not by the commune.
  if (outcome === "applied" || (outcome === "held" && receipt.code === "no_photo")) return;
  tx.objectStore("told").put({ ...receipt, outcome, label, subject, key: body.key ?? "", at: clock() });
}

/** @param {IDBTransaction} tx @param {Envelope} body @param {string} outcome */
async function photoSettled(tx, body, outcome) {
  const photos = tx.objectStore("photos");
  const photo = await ask(photos.get(body.photo ?? ""));
  if (!photo) return;
  if (photo.done) photos.delete(photo.id);
  else if (outcome === "refused") photos.put({ ...photo, stuck: "Xã không nhận ảnh này." });
}

/** How far a photo has come; it leaves the phone when all of it is there and its envelope has a receipt. @param {IDBDatabase} db @param {Photo} photo @param {Partial<Photo>} part @param {string} [refused] why the server does not take it */
export function photoSent(db, photo, part, refused = "") {
  return act(db, ["box", "photos", "told"], "readwrite", async (tx) => {
    const { envelope, label, subject, key } = photo;
    if (refused) {
      const told = { id: envelope, outcome: "refused", code: "photo_refused", message: refused, label, subject, key, at: clock() };
      tx.objectStore("told").put(told);
    }
    const photos = tx.objectStore("photos");
    const known = await ask(photos.get(photo.id));
    if (!known) return;
    const waits = await ask(tx.objectStore("box").index("id").get(photo.envelope));
    if (part.done && !waits) photos.delete(photo.id);
    else photos.put({ ...known, ...part });
  });
}

/**
 * Keep what the server said. Subjects that are no more in the village go; nothing of the box does.
 * @param {IDBDatabase} db @param {Pull} pull
 */
export function keepPull(db, pull) {
  return act(db, ["state", "subjects", "dossiers", "told"], "readwrite", async (tx) => {
    const { cursor, day, pass, person, places, place, rounds, open = [], questions = [] } = pull;
    /** @type {Known} */
    const known = { cursor, day, pass, person, places, place, rounds, open, questions, at: clock() };
    tx.objectStore("state").put(known, "known");
    const subjects = tx.objectStore("subjects");
    const dossiers = tx.objectStore("dossiers");
    if (pull.full) {
      subjects.clear();
      dossiers.clear();
    }
    for (const subject of pull.subjects) subjects.put(subject);
    for (const dossier of pull.dossiers) dossiers.put({ ...dossier, at: at(dossier.round, dossier.subject) });
    const here = new Set(pull.present);
    for (const id of await ask(subjects.getAllKeys())) if (!here.has(String(id))) subjects.delete(id);
    const registered = pull.registered && new Set(pull.registered.map(([round, subject]) => at(round, subject)));
    for (const key of await ask(dossiers.getAllKeys())) {
      const gone = registered ? !registered.has(String(key)) : !here.has(String(key).split(":")[1]);
      if (gone) dossiers.delete(key);
    }
    await forgetSettled(tx, new Set(open.map((item) => item.id)));
  });
}

/** What the commune has settled is told no more; a refusal stays until it was read. @param {IDBTransaction} tx @param {Set<string>} open */
async function forgetSettled(tx, open) {
  const told = tx.objectStore("told");
  for (const item of await ask(told.getAll())) {
    if (item.outcome !== "refused" && !open.has(item.id)) told.delete(item.id);
  }
}

/** It was read. @param {IDBDatabase} db @param {string} id */
export function read(db, id) {
  return act(db, ["told", "photos"], "readwrite", async (tx) => {
    tx.objectStore("told").delete(id);
    for (const photo of await ask(tx.objectStore("photos").getAll())) {
      if (photo.envelope === id && photo.stuck) tx.objectStore("photos").delete(photo.id);
    }
  });
}

/** How much still has to be sent: envelopes, and photos whose envelope went ahead. @param {Boxed[]} box @param {Photo[]} photos */
export function waiting(box, photos) {
  const inBox = new Set(box.map(({ id }) => id));
  return box.length + photos.filter((photo) => !photo.done && !photo.stuck && !inBox.has(photo.envelope)).length;
}
