// The frame of every page: htmx manners, toasts with undo, dialogs, the menu on narrow screens, cards from tables.

/**
 * What an error answer tells (RFC 9457, see hieuhoc.web.errors).
 * @typedef {{title?: string, detail?: string, kept?: string, todo?: string}} Problem
 * @typedef {{text: string, undo?: string, bad?: boolean}} Toast
 */

const TOAST_STAYS_MS = 12000;
const NO_ANSWER = "Máy chủ không trả lời. Những gì đã lưu vẫn còn; kiểm tra mạng rồi thử lại.";

/** @param {string} selector @returns {HTMLElement | null} */
const one = (selector) => document.querySelector(selector);

/**
 * Show a short message; with ``undo`` it has a button that posts there.
 * @param {Toast} toast
 */
function show(toast) {
  const box = document.createElement("div");
  box.className = toast.bad ? "hh-toast is-bad" : "hh-toast";
  const text = document.createElement("p");
  text.textContent = toast.text;
  box.append(text);
  if (toast.undo) box.append(undoForm(toast.undo));
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.dismiss = "";
  close.textContent = "Đóng";
  box.append(close);
  one("#thong-bao")?.append(box);
  fade(box, Boolean(toast.bad));
}

/** @param {string} address */
function undoForm(address) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  const token = document.createElement("input");
  token.type = "hidden";
  token.name = "csrfmiddlewaretoken";
  token.value = document.body.dataset.csrf ?? "";
  const button = document.createElement("button");
  button.textContent = "Hoàn tác";
  form.append(token, button);
  return form;
}

/**
 * Take a toast away after a while, unless it tells of a failure or someone is at it.
 * @param {HTMLElement} box @param {boolean} stays
 */
function fade(box, stays) {
  if (stays) return;
  setTimeout(() => (box.matches(":hover, :focus-within") ? fade(box, false) : box.remove()), TOAST_STAYS_MS);
}

/** @param {Problem} problem */
const sentence = (problem) => [problem.title, problem.detail, problem.kept, problem.todo].filter(Boolean).join(". ").replaceAll("..", ".");

/**
 * htmx asks the server: send the token, show progress, tell errors, never swap an error page into a list.
 */
function setUpHtmx() {
  let running = 0;
  const progress = (/** @type {number} */ step) => {
    running = Math.max(0, running + step);
    one("#dang-tai")?.classList.toggle("is-on", running > 0);
  };
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    ctx.request.headers["X-CSRFToken"] = document.body.dataset.csrf ?? "";
  });
  document.addEventListener("htmx:before:request", () => progress(1));
  document.addEventListener("htmx:finally:request", () => progress(-1));
  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    if (ctx.response.status === 422 || ctx.response.status === 409) return;
    show({ text: told(ctx.text), bad: true });
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx, error } = /** @type {CustomEvent} */ (event).detail;
    if (ctx && !ctx.response) show({ text: NO_ANSWER, bad: true });
    else console.error(error);
  });
  document.addEventListener("htmx:confirm", (event) => {
    const { ctx, issueRequest, dropRequest } = /** @type {CustomEvent} */ (event).detail;
    if (!ctx.confirm) return;
    event.preventDefault();
    ask(ctx.confirm).then((yes) => (yes ? issueRequest() : dropRequest()));
  });
  document.addEventListener("htmx:after:swap", () => labelCards());
}

/** The sentence of an error answer. @param {string} text */
function told(text) {
  try {
    return sentence(JSON.parse(text));
  } catch {
    return "Yêu cầu không hoàn thành. Những gì đã lưu vẫn còn; tải lại trang rồi thử lại.";
  }
}

/**
 * Ask in our own dialog; answers true for "Tiếp tục".
 * @param {string} question @returns {Promise<boolean>}
 */
function ask(question) {
  const dialog = /** @type {HTMLDialogElement | null} */ (one("#hoi-lai"));
  if (!dialog) return Promise.resolve(window.confirm(question));
  const text = dialog.querySelector("[data-question]");
  if (text) text.textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

/** Clicks with a meaning: open and close dialogs, dismiss toasts, open the menu, leave an open panel. */
function setUpClicks() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const opener = /** @type {HTMLElement | null} */ (target.closest("[data-open]"));
    if (opener) openDialog(opener.dataset.open ?? "");
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    if (target.closest("[data-dismiss]")) target.closest(".hh-toast")?.remove();
    const menu = target.closest("[data-menu]");
    if (menu) toggleMenu(menu);
    for (const panel of document.querySelectorAll("details[data-menu-panel][open]")) {
      if (!panel.contains(target)) panel.removeAttribute("open");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const panel of document.querySelectorAll("details[data-menu-panel][open]")) {
      panel.removeAttribute("open");
      panel.querySelector("summary")?.focus();
    }
  });
}

/** @param {string} id */
function openDialog(id) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(id));
  dialog?.showModal();
}

/** @param {Element} button */
function toggleMenu(button) {
  const side = document.getElementById(button.getAttribute("aria-controls") ?? "");
  const open = side?.classList.toggle("is-open") ?? false;
  button.setAttribute("aria-expanded", String(open));
}

/** "/" goes to the search of the page, as long as nothing is being typed. */
function setUpKeys() {
  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "/" || event.ctrlKey || event.altKey || at.closest("input, textarea, select, [contenteditable]")) return;
    const search = /** @type {HTMLInputElement | null} */ (one("main input[type=search]"));
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

/** On a phone a row is a card: give every cell the words of its column. */
function labelCards() {
  for (const table of document.querySelectorAll(".hh-table.is-cards table")) {
    const heads = [...table.querySelectorAll("thead tr:last-child > *")].map((cell) => cell.textContent?.trim() ?? "");
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.children].forEach((cell, at) => {
        if (cell.tagName === "TD" && !cell.hasAttribute("data-label") && heads[at]) cell.setAttribute("data-label", heads[at]);
      });
    }
  }
}

/** A form sent twice by an impatient hand is sent once. */
function setUpForms() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || form.method !== "post" || form.matches("[data-hx-post], [hx-post], [hx-put], [hx-patch]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
}

document.addEventListener("hieuhoc:toast", (event) => show(/** @type {CustomEvent<Toast>} */ (event).detail));
document.addEventListener("toast", (event) => /** @type {CustomEvent<{all: Toast[]}>} */ (event).detail.all.forEach(show));
setUpHtmx();
setUpClicks();
setUpKeys();
setUpForms();
labelCards();
for (const box of document.querySelectorAll("[data-toast]")) fade(/** @type {HTMLElement} */ (box), box.matches(".is-bad"));
