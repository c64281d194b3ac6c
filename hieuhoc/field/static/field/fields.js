// One indicator on a card: big answers by its kind.

import { choices, h } from "./dom.js";
import { inWords, number, vnNumber } from "./words.js";

/** @typedef {import("./types.js").Indicator} Indicator */
/** @typedef {import("./types.js").Value} Value */
/** @typedef {{id: string, indicator: Indicator, value: Value, disabled: boolean, give: (value: Value) => void}} Asked */

const TILES = 20;

/** The answers of an indicator. @param {Asked} asked */
export const answers = (asked) => KINDS[asked.indicator.kind](asked);

/** @param {Asked} asked @param {{value: Value, text: string, note?: string}[]} offered @param {string} kind */
const buttons = ({ id, indicator, value, disabled, give }, offered, kind) =>
  choices(id, indicator.label, offered, (one) => one === value, give, { kind, disabled });

/** @type {Record<Indicator["kind"], (asked: Asked) => HTMLElement>} */
const KINDS = {
  yes_no: (asked) => buttons(asked, [{ value: true, text: "Có" }, { value: false, text: "Không" }], "two"),
  score: (asked) => {
    const top = Number(asked.indicator.points ?? 10);
    const fits = Number.isInteger(top) && top <= TILES && (typeof asked.value !== "number" || Number.isInteger(asked.value));
    if (!fits) return h("div", {}, one(asked, "", `Điểm, từ 0 đến ${vnNumber(top)}`, asked.value, asked.give, top));
    const floor = Number(asked.indicator.floor ?? 0);
    const tile = (/** @type {number} */ n) => ({ value: n, text: String(n), note: floor && n === floor ? "sàn" : "" });
    return buttons(asked, Array.from({ length: top + 1 }, (_, n) => tile(n)), "tiles");
  },
  number: (asked) => h("div", {}, one(asked, "", "Số", asked.value, asked.give)),
  level: (asked) => {
    const top = asked.indicator.top ?? asked.indicator.names.length;
    const name = (/** @type {number} */ n) => (n ? (asked.indicator.names[n - 1] ?? `Mức ${n}`) : "Chưa đạt mức nào");
    return buttons(asked, Array.from({ length: top + 1 }, (_, n) => ({ value: n, text: name(n) })), "tall");
  },
  share: (asked) => {
    const has = /** @type {{count?: number|null, of?: number|null}} */ (parts(asked.value));
    const [count, of] = [has.count ?? null, has.of ?? null];
    const give = () => asked.give(both({ count: inField(`${asked.id}a`), of: inField(`${asked.id}b`) }));
    return h(
      "div",
      { class: "pair" },
      one(asked, "a", "Số đạt", count, give),
      one(asked, "b", "Trong tổng số", of, give),
      count !== null && of !== null && count > of && h("p", { class: "wrong" }, "Số đạt không được lớn hơn tổng số. Xem lại hai số này."),
    );
  },
  change: (asked) => {
    const has = /** @type {{now?: number|null, before?: number|null}} */ (parts(asked.value));
    const give = () => asked.give(both({ now: inField(`${asked.id}b`), before: inField(`${asked.id}a`) }));
    return h(
      "div",
      { class: "pair" },
      one(asked, "a", "Năm trước", has.before ?? null, give),
      one(asked, "b", "Năm nay", has.now ?? null, give),
      typeof asked.value === "number" && h("p", { class: "quiet" }, `Đang ghi: thay đổi ${vnNumber(asked.value)}`),
    );
  },
};

/** @param {Value} value */
const parts = (value) => (typeof value === "object" && value !== null ? value : {});

/** Two numbers as one answer; none of both is no answer. @param {Record<string, number|null>} value @returns {any} */
const both = (value) => (Object.values(value).every((part) => part === null) ? null : value);

/** The number that stands in a field now: its neighbour may not have been drawn anew. @param {string} id */
const inField = (id) => number(/** @type {HTMLInputElement} */ (document.getElementById(id)).value);

/** A field for one number, kept when it is left. @param {Asked} asked @param {string} part @param {string} label @param {Value} value @param {(value: number|null) => void} give @param {number} [top] */
function one({ id, indicator, disabled }, part, label, value, give, top) {
  const wrong = h("p", { class: "wrong", id: `${id}${part}-wrong`, "aria-live": "polite" });
  const shown = typeof value === "number" ? vnNumber(value) : "";
  const input = h("input", {
    id: `${id}${part}`,
    inputmode: "decimal",
    autocomplete: "off",
    disabled,
    value: shown,
    "aria-label": `${label}: ${indicator.label}`,
    "aria-describedby": `${id}${part}-wrong`,
    onchange: (/** @type {Event} */ event) => {
      const text = /** @type {HTMLInputElement} */ (event.target).value.trim();
      const found = number(text);
      wrong.textContent = problem(indicator, text, found, top);
      if (!wrong.textContent && text !== shown) give(text ? found : null);
    },
  });
  return h("div", { class: "field" }, h("label", { for: `${id}${part}` }, label), input, wrong);
}

/** Why it cannot be kept, the same as the server would say. @param {Indicator} indicator @param {string} text @param {number|null} found @param {number} [top] */
function problem(indicator, text, found, top) {
  if (!text) return "";
  if (found === null) return `«${text}» không phải là số. Số cũ vẫn giữ.`;
  if (found < 0 && indicator.kind !== "change") return "Số không được âm. Số cũ vẫn giữ.";
  if (top !== undefined && found > top) return `Điểm cao nhất là ${vnNumber(top)}. Số cũ vẫn giữ.`;
  if (indicator.kind === "share" && !Number.isInteger(found)) return "Số đếm phải là số nguyên. Số cũ vẫn giữ.";
  return "";
}

/** "Không áp dụng" and taking the answer back. @param {Asked} asked */
export function lesser({ id, indicator, value, disabled, give }) {
  const none = { type: "button", class: "choice small", disabled };
  const has = value !== null && value !== undefined;
  return h(
    "div",
    { class: "lesser" },
    h("button", { ...none, id: `${id}-na`, "aria-pressed": String(value === "n/a"), "aria-label": `Không áp dụng: ${indicator.key}`, onclick: () => give("n/a") }, "Không áp dụng"),
    has && h("button", { ...none, id: `${id}-no`, "aria-label": `Xóa câu trả lời ${indicator.key} (${inWords(value, indicator)})`, onclick: () => give(null) }, "Xóa"),
  );
}
