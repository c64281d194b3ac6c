// The pure parts of the page, run by Node (test_pure.py): what the screen shows, what an answer builds on, numbers, ids.

import assert from "node:assert/strict";
import { test } from "node:test";

import { exact, plain, proportion, shown } from "../static/field/exact.js";
import { clock, uuid7 } from "../static/field/ids.js";
import { isPin, makePin, tryPin } from "../static/field/lock.js";
import { at, blank, buildsOn, overlay, settled, outcomeOf } from "../static/field/overlay.js";
import { waiting } from "../static/field/box.js";
import { fold, inWords, number, vnNumber } from "../static/field/words.js";

const AN = { id: "an", model: "FAMILY", name: "Ksor An", code: "001", about: "" };
const KNOWN = { ...blank({ round: 3, subject: "an" }, "FAMILY"), answers: { K1: { value: 8, rev: 2, by: "Ksor" } } };
const server = () => ({ subjects: [AN], dossiers: [structuredClone(KNOWN)], place: 12 });
let made = 0;
const boxed = (body, tried = 0) => ({ n: ++made, id: body.id ?? `e${made}`, tried, label: "", body: { id: `e${made}`, place: 12, round: 3, subject: "an", ...body } });
const answer = (key, value, tried = 0) => boxed({ kind: "answer", key, value, said_by: "Chủ hộ" }, tried);

test("with an empty box the screen shows the server's word", () => {
  const view = overlay(server(), []);
  assert.deepEqual(view.dossiers.get(at(3, "an")), KNOWN);
  assert.equal(view.unsent.size, 0);
});

test("an answer of the box lies over the server's and keeps its revision; the server's own is not touched", () => {
  const from = server();
  const view = overlay(from, [answer("K1", 9), answer("K2", 0)]);
  const { answers } = view.dossiers.get(at(3, "an"));
  assert.deepEqual([answers.K1.value, answers.K1.rev, answers.K1.unsent, answers.K1.said_by], [9, 2, true, "Chủ hộ"]);
  assert.equal(answers.K2.value, 0);
  assert.equal(view.unsent.get("an"), 2);
  assert.deepEqual(from.dossiers[0], KNOWN);
});

test("the later of two answers is shown", () => {
  const view = overlay(server(), [answer("K1", 9, 1), answer("K1", null)]);
  assert.equal(view.dossiers.get(at(3, "an")).answers.K1.value, null);
});

test("a new household can be registered and answered before anything was sent", () => {
  const box = [
    boxed({ kind: "subject", subject: "new", model: "FAMILY", name: "Siu Blơn", details: { members: 5 } }),
    boxed({ kind: "register", subject: "new" }),
    boxed({ kind: "answer", subject: "new", key: "K1", value: 5 }),
    boxed({ kind: "photo", subject: "new", key: "K1" }),
  ];
  const view = overlay(server(), box);
  assert.deepEqual([view.subjects.get("new").name, view.subjects.get("new").about], ["Siu Blơn", "5 khẩu"]);
  const dossier = view.dossiers.get(at(3, "new"));
  assert.deepEqual([dossier.model, dossier.state, dossier.answers.K1.value, dossier.evidence.K1], ["FAMILY", "draft", 5, 1]);
});

test("withdrawn, then registered again; the answers stay", () => {
  const out = overlay(server(), [boxed({ kind: "withdraw", reason: "Chuyển đi" })]).dossiers.get(at(3, "an"));
  assert.deepEqual([out.state, out.reason, out.answers.K1.value], ["withdrawn", "Chuyển đi", 8]);
  const again = overlay(server(), [boxed({ kind: "withdraw", reason: "x" }), boxed({ kind: "register" })]).dossiers.get(at(3, "an"));
  assert.equal(again.state, "draft");
});

test("the box of another place is not laid over this one", () => {
  const view = overlay(server(), [boxed({ kind: "subject", subject: "far", place: 99, model: "FAMILY", name: "Xa" })]);
  assert.equal(view.subjects.has("far"), false);
});

test("a kind this page does not know is kept and changes nothing", () => {
  assert.equal(overlay(server(), [boxed({ kind: "tương lai" })]).dossiers.size, 1);
});

test("a photo taken back is not counted", () => {
  const view = overlay(server(), [boxed({ kind: "photo", key: "K1" }, 1), boxed({ kind: "drop_photo", key: "K1" })]);
  assert.equal(view.dossiers.get(at(3, "an")).evidence.K1, 0);
});

test("a photo that is with the commune is taken back by its envelope", () => {
  const dossiers = [{ ...KNOWN, evidence: { K1: 2 }, sent: [{ id: "e1", key: "K1", at: "" }, { id: "e2", key: "K1", at: "" }] }];
  const view = overlay({ subjects: [], dossiers }, [boxed({ kind: "drop_photo", key: "K1", after: "e1" })]);
  assert.deepEqual(view.dossiers.get(at(3, "an")).sent.map((one) => one.id), ["e2"]);
  assert.equal(view.dossiers.get(at(3, "an")).evidence.K1, 1);
});

test("what an answer builds on: the server's, a former one replaced, a former one named", () => {
  const where = { round: 3, subject: "an", key: "K1" };
  assert.deepEqual(buildsOn([], KNOWN, where), { base: { rev: 2, value: 8 } });
  assert.deepEqual(buildsOn([], undefined, where), { base: { rev: 0, value: null } });
  const fresh = answer("K1", 9);
  assert.deepEqual(buildsOn([fresh], KNOWN, where), { replace: fresh });
  const tried = answer("K1", 9, 1);
  assert.deepEqual(buildsOn([tried], KNOWN, where), { after: tried.id });
  assert.deepEqual(buildsOn([tried, answer("K2", 1)], KNOWN, where), { after: tried.id });
  const last = answer("K1", 7);
  assert.deepEqual(buildsOn([tried, last], KNOWN, where), { replace: last });
});

test("a receipt writes the new revision; a conflict leaves what the server had", () => {
  const { body } = answer("K1", 9);
  assert.deepEqual(settled(body, { outcome: "applied", rev: 3 }, KNOWN).answers.K1, { value: 9, rev: 3 });
  assert.deepEqual(settled(body, { outcome: "duplicate", first: "applied", rev: 3 }, KNOWN).answers.K1, { value: 9, rev: 3 });
  assert.equal(settled(body, { outcome: "conflict" }, KNOWN), undefined);
  assert.equal(settled(body, { outcome: "duplicate", first: "refused" }, KNOWN), undefined);
  assert.equal(outcomeOf({ outcome: "duplicate", first: "held" }), "held");
});

test("what waits: envelopes, and photos whose envelope went ahead", () => {
  const photo = (envelope, part = {}) => ({ id: `p-${envelope}`, envelope, done: false, ...part });
  assert.equal(waiting([{ id: "a" }], [photo("a"), photo("b"), photo("c", { done: true }), photo("d", { stuck: "x" })]), 2);
});

test("numbers are exact and read as people type them", () => {
  assert.equal(plain(exact("0.1") + exact(0.2)), "0.3");
  assert.equal(exact("mười"), null);
  assert.equal(shown(exact(1234567.5)), "1.234.567,5");
  assert.equal(plain(proportion(exact(30), exact(6999), exact(7000))), "29.99");
  for (const [text, value] of [["7,5", 7.5], ["1.234,5", 1234.5], ["1.234", 1234], ["7.5", 7.5], ["12", 12], ["-3", -3], ["1,2,3", null], ["x", null], ["", null]]) {
    assert.equal(number(text), value, text);
  }
  assert.deepEqual([vnNumber(1234.5), vnNumber(0), vnNumber(null)], ["1.234,5", "0", ""]);
});

test("names are found without marks", () => {
  assert.equal(fold("Ksor H'Đướng"), "ksor hduong");
  assert.equal(inWords({ count: 3, of: null }), "3/…");
});

test("ids sort by the moment they were made", () => {
  const [one, two] = [uuid7(1_700_000_000_000), uuid7(1_700_000_000_001)];
  assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(one < two);
  assert.match(clock(), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
});

test("a PIN opens with its digits only; after five wrong tries the wait grows", async () => {
  assert.deepEqual([isPin("1234"), isPin("123"), isPin("12345678"), isPin("12a4")], [true, false, false, false]);
  let pin = await makePin("2468");
  assert.equal((await tryPin(pin, "2468")).opens, true);
  for (let turn = 0; turn < 5; turn++) ({ pin } = await tryPin(pin, "0000", 1000));
  assert.equal(pin.until, 31_000);
  assert.equal((await tryPin(pin, "2468", 30_999)).opens, false);
  assert.equal((await tryPin(pin, "2468", 31_000)).opens, true);
  ({ pin } = await tryPin(pin, "0000", 31_000));
  assert.equal(pin.until, 91_000);
});
