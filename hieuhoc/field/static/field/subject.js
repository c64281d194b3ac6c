// One subject on one screen: a card for each indicator, photos, the total with its reason always in sight.

import { button, choices, h, linkButton, note } from "./dom.js";
import { answerOne, criteriaOf, desk, dossierOf, keepPhoto, keptByCommune, register, removePhoto, removeSent, round, rounds, saidBy, standing, submit, wasRead } from "./desk.js";
import { answers, lesser } from "./fields.js";
import { inOrder } from "./list.js";
import { sheet } from "./score.js";
import { reduce } from "./photo.js";
import { MODELS, vnMoment, vnNumber } from "./words.js";

/** @typedef {import("./types.js").Dossier} Dossier */
/** @typedef {import("./types.js").Indicator} Indicator */
/** @typedef {import("./types.js").Criteria} Criteria */

/** What went wrong with a photo, by where it was to stand. @type {Map<string, string>} */
const photoFaults = new Map();
/** @type {Map<string, string>} */
const thumbs = new Map();

/** @param {string} id @param {() => void} redraw */
export function subject(id, redraw) {
  const who = desk().view.subjects.get(id);
  if (!who) return gone();
  const dossier = dossierOf(id);
  const criteria = criteriaOf(who.model);
  const stands = standing(id, who.model);
  const head = [
    h("h1", { tabindex: -1 }, who.name),
    h("p", { class: "quiet" }, [who.code && `Mã ${who.code}`, who.about, `${stands.sign} ${stands.text}`].filter(Boolean).join(" · ")),
    rounds().length > 1 && h("p", {}, h("b", {}, `Đợt xét năm ${round()?.year}`)),
    messages(id),
  ];
  const enters = !dossier || dossier.state === "withdrawn";
  const body = !criteria ? noRound() : enters ? entering(id, dossier) : assessed(id, who.model, criteria, dossier, redraw);
  return h("div", {}, ...head, ...body, walk(id, who.model, criteria && dossier && !enters ? sheet(criteria, dossier) : null));
}

function gone() {
  return h("div", {}, h("h1", { tabindex: -1 }, "Không còn trong thôn"), h("p", {}, "Mục này đã chuyển đi hoặc nhập vào mục khác. Việc đã ghi vẫn ở Hộp việc."), linkButton("Về danh sách", "#/", "wide"));
}

const noRound = () => [note("info", "Năm nay xã chưa mở xét loại này. Chưa ghi được điểm; có thể nhắn cho xã."), linkButton("Nhắn cho xã", "#/nhan/", "wide quietly")];

/** @param {string} id @param {Dossier|undefined} dossier */
function entering(id, dossier) {
  const again = dossier?.state === "withdrawn";
  return [
    again && note("info", `Đã rút đăng ký. ${dossier.reason}`),
    button(`${again ? "Đăng ký lại" : "Đăng ký"} năm ${round()?.year}`, () => void register(id), { class: "main wide", id: "register" }),
    linkButton("Nhắn cho xã về mục này", `#/nhan/${id}`, "wide quietly"),
  ];
}

/** What the commune said of this subject and is not settled. @param {string} id */
function messages(id) {
  const told = desk().told.filter((one) => one.subject === id);
  const known = new Set(told.map((one) => one.id));
  const open = keptByCommune().filter((one) => one.subject === id && !known.has(one.id));
  /** @type {Record<string, string>} */
  const said = { conflict: "Hai bản khác nhau", held: "Xã đang giữ", refused: "Không nhận" };
  return [...told, ...open].map((one) =>
    note(
      one.outcome === "refused" ? "bad" : "warn",
      h("b", {}, `${said[one.outcome] ?? "Xã báo"}${one.key ? " · " + one.key : ""}: `),
      one.message || "Xã sẽ xem.",
      one.outcome === "refused" && known.has(one.id) && button("Đã đọc", () => void wasRead(one.id)),
    ),
  );
}

/** @param {string} id @param {string} model @param {Criteria} criteria @param {Dossier} dossier @param {() => void} redraw */
function assessed(id, model, criteria, dossier, redraw) {
  const disabled = Boolean(dossier.locked);
  return [
    criteria.notice && h("p", { class: "notice" }, criteria.notice),
    dossier.state === "returned" && note("warn", h("b", {}, "Xã trả lại: "), dossier.reason),
    disabled ? note("info", dossier.locked) : whoAnswers(id, model),
    ...criteria.groups.flatMap((group) => [
      h("h2", {}, `${group.key}. ${group.label}`),
      ...criteria.indicators.filter((one) => one.criterion === group.key).map((one) => card(id, one, dossier, criteria.evidence, disabled, redraw)),
    ]),
    whole(id, dossier, disabled, redraw),
    !disabled && moves(id, dossier, criteria),
  ];
}

/** @param {string} id @param {string} model */
function whoAnswers(id, model) {
  const said = MODELS[model]?.said ?? "Đại diện";
  const offered = [
    { value: said, text: `${said} trả lời` },
    { value: "", text: "Người ghi tự ghi" },
  ];
  return h("section", { class: "card" }, h("h2", {}, "Ai trả lời?"), choices("said", "Ai trả lời?", offered, (value) => value === (desk().said[id] ?? ""), (value) => void saidBy(id, value), { kind: "two" }));
}

/** @param {string} id @param {Indicator} indicator @param {Dossier} dossier @param {boolean} evidence without it nothing is met @param {boolean} disabled @param {() => void} redraw */
function card(id, indicator, dossier, evidence, disabled, redraw) {
  const { key } = indicator;
  if (dossier.off.includes(key)) return told(indicator, "Không áp dụng cho mục này, không phải trả lời.");
  if (indicator.derived) return told(indicator, `Tính tự động: ${dossier.derived[key] ?? "chưa có số liệu"}. Không phải nhập.`);
  const answer = dossier.answers[key];
  const value = answer?.value ?? null;
  const asked = { id: `i-${key}`, indicator, value, disabled, give: (/** @type {import("./types.js").Value} */ now) => void answerOne(id, indicator, now) };
  const by = [answer?.unsent ? "▲ chưa gửi" : "", answer?.said_by ? `${answer.said_by} trả lời` : "", !answer?.unsent && answer?.by ? `${answer.by} ghi` : ""];
  return h(
    "section",
    { class: `card ${value === null ? "todo" : "has"}`, "aria-label": `${key} ${indicator.label}` },
    title(indicator),
    answers(asked),
    !disabled && lesser(asked),
    h("p", { class: "by" }, by.filter(Boolean).join(" · ")),
    evidence && !dossier.evidence[key] && h("p", {}, "Cần minh chứng: chụp ảnh hoặc giấy tờ. Chưa có thì chưa đạt."),
    h("div", { class: "more" }, help(indicator), !disabled && camera(id, key, redraw)),
    photos(id, key, dossier, disabled),
  );
}

/** @param {Indicator} indicator */
function title({ key, label, points }) {
  return h("h3", {}, label, h("small", {}, ` ${key}${points ? ` · tối đa ${vnNumber(Number(points))} điểm` : ""}`));
}

/** @param {Indicator} indicator @param {string} text */
const told = (indicator, text) => h("section", { class: "card" }, title(indicator), h("p", { class: "quiet" }, text));

/** @param {Indicator} indicator */
function help({ key, kind, hint, note: more, when_none, marks, better, names, floor }) {
  const level = (/** @type {number|string} */ mark) => (kind === "level" && names[Number(mark) - 1]) || vnNumber(Number(mark));
  const word = better === "down" ? "không quá" : "từ";
  const asked = [...new Set(marks.map((mark) => `${word} ${level(mark)}${kind === "share" ? " %" : ""}`))].join("; ");
  const said = [hint, asked && `Yêu cầu: ${asked}.`, when_none, floor ? `Mức sàn: ${vnNumber(Number(floor))} điểm.` : "", more].filter(Boolean);
  if (!said.length) return null;
  return h("details", { id: `d-${key}` }, h("summary", {}, "Hướng dẫn"), said.map((line) => h("p", {}, line)));
}

/** @param {string} id @param {Dossier} dossier @param {boolean} disabled @param {() => void} redraw */
function whole(id, dossier, disabled, redraw) {
  return h("section", { class: "card" }, h("h2", {}, "Ảnh chung của hồ sơ"), !disabled && camera(id, "", redraw), photos(id, "", dossier, disabled));
}

/** @param {string} id @param {string} key @param {Dossier} dossier @param {boolean} disabled */
function photos(id, key, dossier, disabled) {
  const mine = desk().photos.filter((photo) => photo.subject === id && photo.key === key && !("dropped" in photo));
  const ahead = mine.filter((photo) => !desk().box.some((boxed) => boxed.id === photo.envelope)).length;
  const count = (dossier.evidence[key] ?? 0) + ahead;
  const fault = photoFaults.get(`${id} ${key}`);
  return h(
    "div",
    { class: "photos" },
    count ? h("p", {}, `${count} ảnh${mine.length ? `, ${mine.length} ảnh còn trong máy` : ""}`) : null,
    mine.length ? h("ul", { class: "thumbs" }, mine.map(thumb)) : null,
    !disabled && sent(id, key, dossier),
    fault && h("p", { class: "wrong", role: "alert" }, fault),
  );
}

/** The person's own photos that are with the commune: their bytes have left the phone, they can still be taken back. @param {string} id @param {string} key @param {Dossier} dossier */
function sent(id, key, dossier) {
  const here = new Set(desk().photos.map((photo) => photo.envelope));
  const there = (dossier.sent ?? []).filter((one) => one.key === key && !here.has(one.id));
  if (!there.length) return null;
  const line = (/** @type {import("./types.js").Sent} */ one, /** @type {number} */ n) =>
    h("li", {}, h("span", {}, `Ảnh ${n + 1}, chụp ${vnMoment(one.at)}`), button("Gỡ", () => void removeSent(id, one), { class: "small", id: `back-${one.id}`, "aria-label": `Gỡ ảnh ${n + 1}, chụp ${vnMoment(one.at)}` }));
  return h("details", { id: `sent-${key || "all"}` }, h("summary", {}, `Gỡ ảnh đã gửi (${there.length})`), h("ul", { class: "sent" }, there.map(line)));
}

/** @param {import("./types.js").Photo} photo */
function thumb(photo) {
  const address = thumbs.get(photo.id) ?? URL.createObjectURL(photo.blob);
  thumbs.set(photo.id, address);
  return h(
    "li",
    {},
    h("img", { src: address, alt: `Ảnh chưa gửi xong: ${photo.label}`, width: 96, height: 72 }),
    button("Bỏ ảnh", () => void removePhoto(photo.id), { class: "small", id: `drop-${photo.id}` }),
  );
}

/** @param {string} id @param {string} key @param {() => void} redraw */
function camera(id, key, redraw) {
  const label = h("span", { "aria-hidden": "true" }, "Chụp ảnh");
  const take = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    label.textContent = "Đang thu nhỏ…";
    photoFaults.delete(`${id} ${key}`);
    try {
      await keepPhoto(id, key, await reduce(file));
    } catch (error) {
      photoFaults.set(`${id} ${key}`, error instanceof Error ? error.message : String(error));
      redraw();
    }
  };
  const name = key ? `Chụp ảnh minh chứng ${key}` : "Chụp ảnh chung của hồ sơ";
  const input = { type: "file", accept: "image/*", capture: key ? "environment" : null, id: `photo-${key || "all"}`, "aria-label": name, onchange: take };
  return h("label", { class: "b camera" }, label, h("input", input));
}

/** @param {string} id @param {Dossier} dossier @param {Criteria} criteria */
function moves(id, dossier, criteria) {
  const open = ["draft", "returned"].includes(dossier.state);
  const { missing } = sheet(criteria, dossier);
  const lacks = missing.length ? `Còn ${missing.length} chỉ số chưa có; vẫn gửi được, xã sẽ xem.` : "Đã đủ câu trả lời.";
  return h(
    "section",
    { class: "card" },
    open && h("p", {}, lacks),
    open && button("Gửi hồ sơ lên xã", () => void submit(id), { class: missing.length ? "wide" : "main wide", id: "submit" }),
    linkButton("Nhắn cho xã về mục này", `#/nhan/${id}`, "wide quietly"),
    linkButton("Rút đăng ký", `#/rut/${id}`, "wide quietly"),
  );
}

/** The bar that stays: total with its reason, the house before and after. @param {string} id @param {string} model @param {import("./score.js").Sheet|null} told */
function walk(id, model, told) {
  const order = inOrder(model).map((one) => one.id);
  const here = order.indexOf(id);
  const step = (/** @type {string} */ text, /** @type {string|undefined} */ to, /** @type {string} */ name) =>
    to ? h("a", { class: "b", href: `#/muc/${to}`, "aria-label": name }, text) : h("span", { class: "b off", "aria-hidden": "true" }, text);
  return h("div", { class: "bar" }, told && total(told), h("div", { class: "steps" }, step("‹ Trước", order[here - 1], "Mục trước"), linkButton("Danh sách", `#/ds/${model}`), step("Sau ›", order[here + 1], "Mục sau")));
}

/** @param {import("./score.js").Sheet} told */
function total(told) {
  const words = { pass: "✓ Đạt", fail: "✕ Không đạt", incomplete: "Chưa đủ", server: "Máy chủ kết luận" };
  const points = told.possible === null ? "" : `${vnNumber(Number(told.total ?? 0))}/${vnNumber(Number(told.possible))} điểm · `;
  const head = `${words[told.outcome]} · ${points}${told.answered}/${told.asked} câu`;
  return h("details", { id: "total", class: `total ${told.outcome}` }, h("summary", {}, head), h("p", {}, told.because));
}
