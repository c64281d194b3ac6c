// Elements from plain values: text is always text, never markup.

/** @typedef {Node|string|number|null|undefined|false} Kid */

/**
 * An element with its attributes, listeners (`onclick`) and children.
 * @param {string} tag @param {Record<string, any>} [props] @param {...(Kid|Kid[])} kids
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...kids) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const kid of kids.flat()) {
    if (kid === null || kid === undefined || kid === false) continue;
    made.append(kid instanceof Node ? kid : String(kid));
  }
  return made;
}

/** A button. @param {string} text @param {(event: Event) => void} onclick @param {Record<string, any>} [props] */
export const button = (text, onclick, props = {}) =>
  h("button", { type: "button", ...props, class: `b ${props.class ?? ""}`, onclick }, text);

/** A link that looks like a button. @param {string} text @param {string} href @param {string} [kind] */
export const linkButton = (text, href, kind = "") => h("a", { class: `b ${kind}`, href }, text);

/** A short message in the page. @param {"info"|"good"|"warn"|"bad"} kind @param {...(Kid|Kid[])} kids */
export const note = (kind, ...kids) => h("div", { class: `note ${kind}` }, ...kids);

/** A field with its label. @param {string} id @param {string} label @param {Record<string, any>} props @param {string} [hint] */
export function field(id, label, props, hint = "") {
  const tag = props.rows ? "textarea" : "input";
  const described = hint ? `${id}-hint` : undefined;
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    hint && h("p", { id: described, class: "quiet" }, hint),
    h(tag, { id, autocomplete: "off", "aria-describedby": described, ...props }),
  );
}

/** What was typed. @param {string} id */
export function typed(id) {
  const found = document.getElementById(id);
  const is = found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement || found instanceof HTMLSelectElement;
  return is ? found.value.trim() : "";
}

/** Choices of which one holds, as big buttons. @template T @param {string} id @param {string} label @param {{value: T, text: string, note?: string}[]} choices @param {(value: T) => boolean} holds @param {(value: T) => void} choose @param {{kind?: string, disabled?: boolean}} [how] */
export function choices(id, label, choices, holds, choose, { kind = "", disabled = false } = {}) {
  const made = choices.map(({ value, text, note: more }, at) =>
    h(
      "button",
      {
        type: "button",
        id: `${id}-${at}`,
        class: "choice",
        disabled,
        "aria-pressed": String(holds(value)),
        onclick: () => choose(value),
      },
      text,
      more && h("small", {}, more),
    ),
  );
  return h("div", { class: `choices ${kind}`, role: "group", "aria-label": label }, made);
}
