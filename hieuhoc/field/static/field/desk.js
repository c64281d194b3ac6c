// The open box on the table: what is known, what waits, and every verb a screen may call.

import { act, all, ask, keep, one, openBox, people, rememberPerson, sitDown } from "./store.js";
import { addPhoto, answer, dropPhoto, dropSent, put, read, waiting } from "./box.js";
import { at, overlay } from "./overlay.js";
import { inWords, MODELS } from "./words.js";
import { sheet } from "./score.js";
import { uuid7 } from "./ids.js";

/** @typedef {import("./types.js").Known} Known */
/** @typedef {import("./types.js").Round} Round */
/** @typedef {import("./types.js").Dossier} Dossier */
/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Boxed} Boxed */
/** @typedef {import("./types.js").Photo} Photo */
/** @typedef {import("./types.js").Told} Told */
/** @typedef {import("./types.js").Indicator} Indicator */

/**
 * @typedef {Object} Desk
 * @property {IDBDatabase} db
 * @property {Person} person
 * @property {Known|undefined} known
 * @property {import("./types.js").Subject[]} subjects
 * @property {Dossier[]} dossiers
 * @property {Boxed[]} box
 * @property {Photo[]} photos
 * @property {Told[]} told
 * @property {Record<string, string>} said who answers, by subject
 * @property {number|undefined} wanted the place to work at from the next pull on
 * @property {number|undefined} chosen the round to work in
 * @property {import("./overlay.js").View} view
 * @property {import("./send.js").Told} net
 */

/** @type {Desk|null} */
let table = null;
/** @type {() => void} */
let redraw = () => undefined;
/** @type {() => void} */
let sendSoon = () => undefined;

/** The open box. */
export function desk() {
  if (!table) throw new Error("Chưa mở hộp nào.");
  return table;
}

export const isOpen = () => table !== null;

/** What to do when something has changed, and when something waits to be sent. @param {() => void} drawn @param {() => void} send */
export function onChange(drawn, send) {
  redraw = drawn;
  sendSoon = send;
}

/** Open the box of a person. @param {number} id */
export async function openDesk(id) {
  const db = await openBox(id);
  await sitDown(id);
  const person = await rememberPerson(id, { seen: Date.now() });
  const view = { subjects: new Map(), dossiers: new Map(), unsent: new Map() };
  const net = { state: /** @type {const} */ ("busy"), message: "", left: 0 };
  const nothing = { known: undefined, subjects: [], dossiers: [], box: [], photos: [], told: [], said: {}, wanted: undefined, chosen: undefined };
  table = { db, person, ...nothing, view, net };
  await reload();
}

/** Close it; everything stays in the phone. */
export function closeDesk() {
  table = null;
}

/** Read everything again. */
export async function reload() {
  const { db, person } = desk();
  const known = await one(db, "state", "known");
  const said = (await one(db, "state", "said")) ?? {};
  const [subjects, dossiers] = [await all(db, "subjects"), await all(db, "dossiers")];
  const fresh = (await people()).find((who) => who.id === person.id) ?? person;
  // Who answers may have been said while this was read: the last word is in memory.
  Object.assign(desk(), { known, said: { ...said, ...desk().said }, subjects, dossiers, person: fresh });
  // Place and year may have been chosen in another tab: the last word is in the store, read at once and last.
  const [wanted, chosen] = await act(db, ["state"], "readonly", (tx) => Promise.all(["place", "round"].map((name) => ask(tx.objectStore("state").get(name)))));
  Object.assign(desk(), { wanted, chosen });
  await reloadBox();
}

/** Read again what waits, and lay it over what is known. */
export async function reloadBox() {
  const now = desk();
  const [box, photos, told] = [await all(now.db, "box"), await all(now.db, "photos"), await all(now.db, "told")];
  const { subjects, dossiers, known } = now;
  Object.assign(now, { box, photos, told, view: overlay({ subjects, dossiers, place: known?.place.id }, box) });
  redraw();
}

/** What the commune still has on its table; photos that wait for their own bytes are ours, not its. */
export function keptByCommune() {
  const mine = new Set(desk().photos.map((photo) => photo.envelope));
  return (desk().known?.open ?? []).filter((item) => !mine.has(item.id));
}

export const unsent = () => waiting(desk().box, desk().photos);

/** The open rounds, the latest first. @returns {Round[]} */
export const rounds = () => [...(desk().known?.rounds ?? [])].sort((a, b) => b.year - a.year);

/** Work in another of the open rounds, also when the phone starts again. @param {number} id */
export async function workIn(id) {
  await keep(desk().db, "state", id, "round");
  desk().chosen = id;
  redraw();
}

/** The round worked in: the latest of those open, unless another was chosen. @returns {Round|undefined} */
export const round = () => rounds().find((one) => one.id === desk().chosen) ?? rounds()[0];

/** @param {string} subject @returns {Dossier|undefined} */
export const dossierOf = (subject) => desk().view.dossiers.get(at(round()?.id ?? 0, subject));

/** What is asked of a model this year. @param {string} model */
export const criteriaOf = (model) => round()?.models[model];

/** @typedef {{text: string, sign: string, filter: "new"|"empty"|"some"|"done", answered: number, asked: number}} Standing */

/** Where a subject stands, in a word and a sign. @param {string} id @param {string} model @returns {Standing} */
export function standing(id, model) {
  const dossier = dossierOf(id);
  const criteria = criteriaOf(model);
  if (!dossier || !criteria) return { text: "Chưa đăng ký", sign: "○", filter: "new", answered: 0, asked: 0 };
  if (dossier.state === "withdrawn") return { text: "Đã rút", sign: "–", filter: "new", answered: 0, asked: 0 };
  const { answered, asked, outcome } = sheet(criteria, dossier);
  const filter = asked && answered >= asked ? "done" : answered ? "some" : "empty";
  const counts = { filter: /** @type {Standing["filter"]} */ (filter), answered, asked };
  if (!["draft", "submitted"].includes(dossier.state)) {
    return { text: dossier.state_label, sign: dossier.state === "returned" ? "↩" : "■", ...counts };
  }
  if (dossier.state === "submitted") return { text: "Đã gửi lên xã", sign: "→", ...counts };
  const words = { empty: ["Chưa chấm", "◔"], some: [`Còn thiếu ${asked - answered}`, "◑"], done: ["Đủ câu trả lời", "●"] };
  const [text, sign] = filter === "done" && outcome === "pass" ? ["Đủ, đạt", "✓"] : words[filter];
  return { text, sign, ...counts };
}

/** What every envelope carries. @param {string} kind */
function stamp(kind) {
  const known = desk().known;
  if (!known) throw new Error("Chưa lấy được sổ của thôn.");
  return { kind, place: known.place.id, pass: known.pass };
}

/** @param {string} subject */
const nameOf = (subject) => desk().view.subjects.get(subject)?.name ?? "";

async function done() {
  await reloadBox();
  sendSoon();
}

/** @param {string} subject @param {Indicator} indicator @param {import("./types.js").Value} value */
export async function answerOne(subject, indicator, value) {
  const label = `${nameOf(subject)} · ${indicator.key}: ${inWords(value, indicator)}`;
  const said_by = desk().said[subject] ?? "";
  const where = { round: round()?.id ?? 0, subject, key: indicator.key };
  await answer(desk().db, label, { ...stamp("answer"), ...where, value, said_by });
  await done();
}

/** @param {string} subject */
export async function register(subject) {
  await put(desk().db, `${nameOf(subject)} · đăng ký`, { ...stamp("register"), round: round()?.id, subject });
  await done();
}

/** @param {string} subject @param {string} reason */
export async function withdraw(subject, reason) {
  const where = { round: round()?.id, subject, reason };
  await put(desk().db, `${nameOf(subject)} · rút đăng ký`, { ...stamp("withdraw"), ...where });
  await done();
}

/** @param {string} subject */
export async function submit(subject) {
  await put(desk().db, `${nameOf(subject)} · gửi lên xã`, { ...stamp("submit"), round: round()?.id, subject });
  await done();
}

/** A new subject, registered too where wanted; its id. @param {string} model @param {string} name @param {string} code @param {Record<string, string|number>} details @param {boolean} enters */
export async function add(model, name, code, details, enters) {
  const subject = uuid7();
  const made = { ...stamp("subject"), subject, model, name, code, details };
  const more = enters ? [{ ...stamp("register"), round: round()?.id, subject }] : [];
  await put(desk().db, `${name} · thêm ${MODELS[model].one}${enters ? " và đăng ký" : ""}`, made, ...more);
  await done();
  return subject;
}

/** @param {string} subject "" for none @param {string} text @param {string} [question] */
export async function say(subject, text, question) {
  const label = `Lời nhắn: ${text.slice(0, 40)}`;
  await put(desk().db, label, { ...stamp("note"), subject, text, ...(question ? { question } : {}) });
  await done();
}

/** @param {string} subject @param {string} key @param {{blob: Blob, sha256: string}} picture */
export async function keepPhoto(subject, key, picture) {
  const label = `${nameOf(subject)} · ảnh${key ? " " + key : ""}`;
  const where = { round: round()?.id ?? 0, subject, key, said_by: "" };
  await addPhoto(desk().db, label, { ...stamp("photo"), ...where }, picture);
  await done();
}

/** @param {string} id */
export async function removePhoto(id) {
  await dropPhoto(desk().db, id, stamp("drop_photo"));
  await done();
}

/** @param {string} subject @param {import("./types.js").Sent} photo */
export async function removeSent(subject, { id, key }) {
  const where = { round: round()?.id ?? 0, subject, key, after: id };
  await dropSent(desk().db, `${nameOf(subject)} · gỡ ảnh đã gửi${key ? " " + key : ""}`, { ...stamp("drop_photo"), ...where });
  await done();
}

/** Who answers for this subject from now on. @param {string} subject @param {string} who */
export async function saidBy(subject, who) {
  desk().said[subject] = who;
  await keep(desk().db, "state", desk().said, "said");
  redraw();
}

/** A message was read. @param {string} id */
export async function wasRead(id) {
  await read(desk().db, id);
  await reloadBox();
}

/** Work at another place of this person: its lists come with the next pull. @param {number} place */
export async function moveTo(place) {
  await keep(desk().db, "state", place, "place");
  desk().wanted = place;
  redraw();
  sendSoon();
}

/** The place that was asked for and has not come yet. @returns {import("./types.js").Place|undefined} */
export function comingPlace() {
  const { known, wanted } = desk();
  return wanted === known?.place.id ? undefined : known?.places.find((one) => one.id === wanted);
}

/** Keep something of the person in the index. @param {Partial<Person>} part */
export async function setPerson(part) {
  desk().person = await rememberPerson(desk().person.id, part);
  redraw();
}

/** The box as a file for the commune's officer. */
export async function asFile() {
  const { db, person } = desk();
  const [box, photos] = await act(db, ["box", "photos"], "readonly", async (tx) => [
    /** @type {Boxed[]} */ (await ask(tx.objectStore("box").getAll())),
    /** @type {Photo[]} */ (await ask(tx.objectStore("photos").getAll())),
  ]);
  const { id, name } = person;
  const head = { v: 1, file: "hieuhoc-hop", person: { id, name }, box: person.box || uuid7() };
  const kept = /** @type {Record<string, object>} */ ({});
  for (const { id: photo, size, sha256, blob } of /** @type {Photo[]} */ (photos)) {
    kept[photo] = { size, sha256, base64: await base64(blob) };
  }
  const envelopes = /** @type {Boxed[]} */ (box).map(({ body }) => body);
  return new Blob([JSON.stringify({ ...head, made_at: new Date().toISOString(), envelopes, photos: kept })], {
    type: "application/json",
  });
}

/** @param {Blob} blob @returns {Promise<string>} */
const base64 = (blob) =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1]);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
