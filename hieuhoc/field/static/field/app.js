// The page: which screen the address asks for, the head that always says what waits, when to send, when to lock.

import { button, h, linkButton, note } from "./dom.js";
import { closeDesk, desk, isOpen, onChange, openDesk, reload, unsent } from "./desk.js";
import { openIndex, people, sitDown } from "./store.js";
import { choose, enter, locked, signOut } from "./door.js";
import { list } from "./list.js";
import { subject } from "./subject.js";
import { adding, clearForm, helping, leaving, telling } from "./forms.js";
import { boxPage, persist } from "./boxpage.js";
import { sync } from "./send.js";
import { IDLE } from "./lock.js";
import { STANDS } from "./words.js";

const body = document.body;
const head = /** @type {HTMLElement} */ (document.getElementById("head"));
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const { login = "", logout = "", worker = "", base = "/thuc-dia/" } = body.dataset;
const signIn = `${login}?next=${encodeURIComponent(base)}`;
const hall = { open: (/** @type {number} */ id) => void open(id), show: alone, signIn, signOut: logout };
const channel = "BroadcastChannel" in self ? new BroadcastChannel("hieuhoc-field") : null;

/** A screen without a box behind it. @param {HTMLElement} screen */
function alone(screen) {
  head.replaceChildren(h("b", {}, "Hiếu Học · Thực địa"));
  main.replaceChildren(screen);
  arrive();
}

/** @param {number} id */
async function open(id) {
  await openDesk(id);
  draw(true);
  void persist();
  void send();
}

// Screens

/** @type {Record<string, (rest: string, query: string) => HTMLElement>} */
const SCREENS = {
  "": () => list(lastModel),
  ds: (model) => list((lastModel = model)),
  muc: (id) => subject(id, draw),
  them: (model) => adding(model, draw),
  rut: (id) => leaving(id, draw),
  nhan: (id, question) => telling(id, question, draw),
  hop: () => boxPage({ send: () => void send(), leave: () => void leave(), lock: () => void lock(), redraw: draw, signIn }),
  giup: () => helping(),
};
let lastModel = "FAMILY";
let lastAddress = "";

/** Draw the screen of the address; what was open, focused and scrolled to stays, unless it is another screen. @param {boolean|Event} [anew] */
function draw(anew = false) {
  if (!isOpen()) return;
  const moved = anew === true || location.hash !== lastAddress;
  stale = false;
  if (moved) clearForm();
  const opened = moved ? [] : [...main.querySelectorAll("details[open]")].map((one) => one.id);
  const focused = moved ? "" : (document.activeElement?.id ?? "");
  const values = moved ? [] : [...main.querySelectorAll("input:not([type=file]), textarea")].map((one) => [one.id, /** @type {HTMLInputElement} */ (one).value]);
  lastAddress = location.hash;
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, rest = ""] = path.split("/");
  drawHead();
  main.replaceChildren((SCREENS[name] ?? SCREENS[""])(decodeURIComponent(rest), query));
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of values) restore(id, value);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (moved) arrive();
}

/** What was being typed, where it is not an answer that was just kept. @param {string} id @param {string} value */
function restore(id, value) {
  const found = document.getElementById(id);
  const typing = found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement;
  if (typing && !id.startsWith("i-")) found.value = value;
}

/** Something changed behind the screen: a field being typed in is never drawn anew, it would lose the keyboard. */
function drawBehind() {
  const at = document.activeElement;
  const typing = (at instanceof HTMLInputElement && at.type !== "file") || at instanceof HTMLTextAreaElement;
  if (!isOpen() || !typing || !main.contains(at)) return draw();
  stale = true;
  return drawHead();
}
let stale = false;

function arrive() {
  scrollTo(0, 0);
  const title = main.querySelector("h1");
  document.title = `${title?.textContent ?? "Thực địa"} · Hiếu Học`;
  title?.focus({ preventScroll: true });
}

function drawHead() {
  const left = unsent();
  const { net, known, person } = desk();
  const stopped = ["sign_in", "other_person", "no_post", "upgrade"].includes(net.state);
  const refused = desk().told.filter((one) => one.outcome === "refused").length;
  const waits = h("a", { class: `waits ${left || refused ? "some" : ""}`, href: "#/hop" }, left ? `▲ ${left} việc chưa gửi` : refused ? `! ${refused} không nhận` : net.state === "busy" ? "Đang gửi…" : "✓ Đã gửi hết");
  const home = h("a", { class: "home", href: "#/" }, known?.place.name ?? "Thực địa", h("small", {}, person.name));
  head.replaceChildren(h("div", { class: "top" }, home, waits));
  if (stopped) head.append(h("div", { class: "stands" }, note("warn", STANDS[net.state], sign(net))));
}

/** @param {import("./send.js").Told} net */
function sign({ state, person }) {
  if (state === "sign_in") return linkButton("Đăng nhập", signIn, "main");
  if (state !== "other_person" || !person) return null;
  return [linkButton("Đăng nhập", signIn, "main"), button(`Mở hộp của ${person.name}`, () => void sitDown(null).then(() => (closeDesk(), enter(hall))), { id: "other-box" })];
}

// Sending

let fails = 0;
let timer = 0;
let sending = false;
/** Something happened while it was sending: once more, soon. */
let again = false;

async function send() {
  if (!isOpen()) return;
  if (sending) return void (again = true);
  sending = true;
  clearTimeout(timer);
  const { id } = desk().person;
  const busy = { ...desk().net, state: /** @type {const} */ ("busy") };
  desk().net = busy;
  drawBehind();
  try {
    const told = await sync(id, () => void heard());
    if (isOpen() && desk().person.id === id) desk().net = told.state === "busy" ? busy : told;
    if (told.state === "upgrade") void navigator.serviceWorker?.getRegistration(base).then((found) => found?.update());
    fails = told.state === "sent" || told.state === "busy" ? 0 : fails + 1;
  } catch (error) {
    // The phone's own store, most likely: said, and tried again.
    if (isOpen()) desk().net = { state: "phone", message: String(error), left: 0 };
    fails += 1;
  } finally {
    sending = false;
  }
  await heard();
  channel?.postMessage("changed");
  later();
}

/** The next time: sooner while something waits, ever later while it fails, never all phones at once. */
function later() {
  const steady = isOpen() && unsent() ? 60_000 : 300_000;
  // Another tab or the worker is at it: look again when it is done.
  const busy = isOpen() && desk().net.state === "busy";
  const wait = again ? 500 : busy ? 3_000 : fails ? Math.min(900_000, 5_000 * 2 ** Math.min(fails, 8)) : steady;
  again = false;
  clearTimeout(timer);
  timer = window.setTimeout(() => void send(), wait * (0.5 + Math.random()));
}

/** A change waits: soon, and by the worker should the page be closed before. */
function sendSoon() {
  channel?.postMessage("changed");
  void inBackground();
  if (sending) return void (again = true);
  if (!navigator.onLine || fails) return later();
  clearTimeout(timer);
  timer = window.setTimeout(() => void send(), 2_000);
}

async function inBackground() {
  try {
    const ready = /** @type {any} */ (await navigator.serviceWorker?.getRegistration(base));
    await ready?.sync?.register("hieuhoc-hop");
  } catch {
    // The browser cannot or may not; the page sends by itself.
  }
}

async function heard() {
  if (isOpen()) await reload();
}

// Locking and leaving

let touched = Date.now();

async function lock() {
  const { person } = desk();
  if (!person.pin) return;
  closeDesk();
  locked(hall, person);
}

function idle() {
  if (isOpen() && Date.now() - touched > IDLE) void lock();
}

async function leave() {
  const ended = await signOut(logout);
  closeDesk();
  await sitDown(null);
  choose(hall, await people());
  const said = ended ? "Đã đăng xuất. Hộp vẫn giữ trong máy." : "Chưa báo được máy chủ vì không có mạng. Hộp đã đóng và vẫn giữ trong máy.";
  main.prepend(note(ended ? "good" : "warn", h("span", { role: "status" }, said)));
}

// Beginning

/** What could not be kept is said at once, and the screen goes back to what is kept. @param {unknown} reason */
function failed(reason) {
  draw();
  const said = reason instanceof Error ? reason.message : String(reason);
  main.prepend(note("bad", h("span", { role: "alert" }, `Việc vừa rồi chưa ghi được vào máy (${said}). Việc cũ vẫn còn: thử lại; nếu máy đầy, xóa bớt ảnh khác trong máy.`)));
  scrollTo(0, 0);
}

async function begin() {
  onChange(drawBehind, sendSoon);
  main.addEventListener("focusout", () => setTimeout(() => void (stale && drawBehind()), 200));
  addEventListener("hashchange", () => draw());
  addEventListener("online", () => ((fails = 0), void send()));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    idle();
    void send();
  });
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => void (touched = Date.now()), { passive: true });
  setInterval(idle, 15_000);
  addEventListener("unhandledrejection", ({ reason }) => failed(reason));
  if (channel) channel.onmessage = () => void heard();
  await openIndex();
  const known = await people();
  const at = known.find((one) => one.open);
  if (!at) return enter(hall);
  return at.pin ? locked(hall, at) : open(at.id);
}

async function install() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker, { scope: base, type: "module", updateViaCache: "none" });
  } catch {
    // An older browser: a worker that keeps the page, without sending in the background.
    await navigator.serviceWorker.register(`${worker}?don=1`, { scope: base, updateViaCache: "none" });
  }
}

begin().catch((/** @type {unknown} */ error) => {
  const said = error instanceof Error ? error.message : String(error);
  alone(h("div", {}, h("h1", { tabindex: -1 }, "Chưa mở được hộp"), note("bad", `Bộ nhớ của trình duyệt không mở được (${said}). Không có gì bị xóa: đóng các trang khác, tắt chế độ ẩn danh rồi mở lại.`)));
});
install().catch(() => undefined);
