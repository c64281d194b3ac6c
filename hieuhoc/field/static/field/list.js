// The list by house: what is done, what is missing, one tap to the next.

import { button, choices, h, linkButton, note } from "./dom.js";
import { criteriaOf, desk, dossierOf, round, rounds, standing, workIn } from "./desk.js";
import { fold, MODELS, vnDay } from "./words.js";

const FILTERS = /** @type {const} */ ([
  ["all", "Tất cả"],
  ["new", "Chưa đăng ký"],
  ["empty", "Chưa chấm"],
  ["some", "Còn thiếu"],
  ["done", "Xong"],
]);
const FIRST = 40;
const chosen = { filter: "all", text: "" };

/** The subjects of a model in the order they are walked: by code, then by name. @param {string} model */
export function inOrder(model) {
  const compare = new Intl.Collator("vi", { numeric: true }).compare;
  return [...desk().view.subjects.values()]
    .filter((subject) => subject.model === model)
    .sort((a, b) => compare(a.code || "~", b.code || "~") || compare(a.name, b.name));
}

/** The models that have something to show here, households first. */
export function models() {
  const asked = round()?.models ?? {};
  const there = new Set([...desk().view.subjects.values()].map((subject) => subject.model));
  return Object.keys(MODELS).filter((model) => model in asked || there.has(model));
}

/** @param {string} model */
export function list(model) {
  const here = models().includes(model) ? model : (models()[0] ?? "FAMILY");
  const rows = inOrder(here).map((subject) => ({ subject, stands: standing(subject.id, here), key: fold(`${subject.name} ${subject.code}`) }));
  const box = h("ul", { class: "rows", id: "rows" });
  const fill = () => show(box, rows);
  fill();
  return h(
    "div",
    {},
    deadline(),
    questions(),
    tabs(here),
    search(fill),
    filters(rows, fill),
    box,
    provisional(here),
    MODELS[here].form && linkButton(`+ ${MODELS[here].form}`, `#/them/${here}`, "wide"),
    linkButton("Nhắn cho xã", "#/nhan/", "wide quietly"),
    linkButton("Cách dùng", "#/giup", "wide quietly"),
  );
}

function deadline() {
  const now = round();
  if (!now) return [h("h1", { tabindex: -1 }, "Danh sách"), note("info", "Xã chưa mở đợt xét nào. Khi xã mở, mở lại trang này lúc có mạng.")];
  const until = now.villages_close_on && h("small", {}, ` thôn ghi đến ${vnDay(now.villages_close_on)}`);
  const years = rounds().map((one) => ({ value: one.id, text: `Năm ${one.year}` }));
  const other = years.length > 1 && choices("year", "Đợt xét", years, (id) => id === now.id, workIn, { kind: "two" });
  return [h("h1", { tabindex: -1 }, `Đợt xét năm ${now.year}`, until), other];
}

function questions() {
  const asked = desk().known?.questions ?? [];
  return asked.map((one) =>
    note(
      "warn",
      h("b", {}, `Xã hỏi${one.key ? " về " + one.key : ""}: `),
      one.text,
      linkButton("Trả lời", `#/nhan/${one.subject || ""}?${one.id}`),
      one.subject && linkButton("Mở hồ sơ", `#/muc/${one.subject}`, "quietly"),
    ),
  );
}

/** @param {string} here */
function tabs(here) {
  if (models().length < 2) return null;
  const link = (/** @type {string} */ model) =>
    h("a", { href: `#/ds/${model}`, "aria-current": model === here ? "page" : null }, MODELS[model].many);
  return h("nav", { class: "tabs", "aria-label": "Loại đối tượng" }, models().map(link));
}

/** @param {string} model */
function provisional(model) {
  const notice = criteriaOf(model)?.notice;
  return notice ? h("p", { class: "notice" }, notice) : null;
}

/** @param {() => void} fill */
function search(fill) {
  const found = h("input", {
    id: "search",
    type: "search",
    placeholder: "Tìm tên, mã (không dấu)",
    "aria-label": "Tìm tên hoặc mã",
    value: chosen.text,
    autocomplete: "off",
    oninput: (/** @type {Event} */ event) => {
      chosen.text = /** @type {HTMLInputElement} */ (event.target).value;
      fill();
    },
  });
  return h("div", { class: "field" }, found);
}

/** @typedef {{subject: import("./overlay.js").SeenSubject, stands: import("./desk.js").Standing, key: string}} Row */

/** @param {Row[]} rows @param {() => void} fill */
function filters(rows, fill) {
  const count = (/** @type {string} */ name) => (name === "all" ? rows.length : rows.filter((row) => row.stands.filter === name).length);
  const offered = FILTERS.map(([value, text]) => ({ value: String(value), text: `${text} ${count(value)}` }));
  const made = choices("filter", "Lọc", offered, (value) => value === chosen.filter, (value) => {
    chosen.filter = value;
    made.querySelectorAll("button").forEach((one, at) => one.setAttribute("aria-pressed", String(FILTERS[at][0] === value)));
    fill();
  }, { kind: "chips" });
  return made;
}

/** @param {HTMLElement} box @param {Row[]} rows */
function show(box, rows) {
  const wanted = fold(chosen.text);
  const found = rows.filter(({ key, stands }) => key.includes(wanted) && (chosen.filter === "all" || stands.filter === chosen.filter));
  box.replaceChildren(...found.slice(0, FIRST).map(row));
  if (!found.length) box.append(h("li", { class: "nothing" }, rows.length ? "Không có mục nào như vậy. Bỏ bớt chữ tìm hoặc chọn «Tất cả»." : "Chưa có mục nào."));
  if (found.length <= FIRST) return;
  const more = h("li", {}, button(`Hiện cả ${found.length}`, () => more.replaceWith(...found.slice(FIRST).map(row)), { class: "wide quietly", id: "more" }));
  box.append(more);
}

/** @param {Row} row */
function row({ subject, stands }) {
  const waits = desk().view.unsent.get(subject.id);
  const photos = Object.values(dossierOf(subject.id)?.evidence ?? {}).reduce((sum, n) => sum + n, 0);
  const facts = [
    `${stands.sign} ${stands.text}`,
    stands.asked ? `${stands.answered}/${stands.asked} câu` : "",
    photos ? `${photos} ảnh` : "",
  ];
  return h(
    "li",
    {},
    h(
      "a",
      { class: `row ${stands.filter}`, href: `#/muc/${subject.id}` },
      h("b", {}, subject.name),
      h("span", { class: "quiet" }, [subject.code && `Mã ${subject.code}`, subject.about].filter(Boolean).join(" · ")),
      h("span", { class: "facts" }, facts.filter(Boolean).join(" · ")),
      waits ? h("span", { class: "unsent" }, "▲ chưa gửi") : null,
    ),
  );
}
