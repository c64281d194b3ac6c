// The door: the first visit, who sits at the phone, the PIN, signing out. Boxes stay whatever happens here.

import { button, field, h, linkButton, note, typed } from "./dom.js";
import { openBox, people, rememberPerson, sitDown } from "./store.js";
import { keepPull } from "./box.js";
import { pull, Stopped } from "./send.js";
import { tryPin } from "./lock.js";
import { STANDS } from "./words.js";

/** @typedef {import("./types.js").Person} Person */
/** @typedef {{open: (id: number) => void, show: (screen: HTMLElement) => void, signIn: string, signOut: string}} Hall */

/** Ask the server who is signed in, and make their box where it is new. @param {Hall} hall */
export async function enter(hall) {
  const known = await people();
  hall.show(h("div", {}, h("h1", { tabindex: -1 }, "Đang mở…"), h("p", { class: "quiet", role: "status" }, "Đang hỏi máy chủ.")));
  try {
    const got = await pull(undefined, "");
    const { id, name } = got.person;
    await keepPull(await openBox(id), got);
    const person = await rememberPerson(id, { name, place: got.place.name });
    if (person.forgot) return hall.open((await rememberPerson(id, { pin: undefined, forgot: false })).id);
    return person.pin ? locked(hall, person) : hall.open(id);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return known.length ? choose(hall, known) : first(hall, error);
  }
}

/** Nobody was here before and the server did not let us in. @param {Hall} hall @param {Stopped} error */
function first(hall, error) {
  const words = {
    sign_in: "Đăng nhập một lần khi có mạng. Sau đó trang mở được cả khi không có sóng.",
    no_post: error.message || "Tài khoản này chưa được giao ghi ở thôn nào. Nhờ cán bộ xã giao việc.",
    offline: "Lần đầu cần có mạng để lấy sổ của thôn. Tới nơi có sóng rồi thử lại.",
  };
  const said = words[/** @type {keyof typeof words} */ (error.state)] ?? STANDS[error.state] ?? "Chưa mở được. Thử lại sau.";
  const sign = error.state === "sign_in" || error.state === "no_post";
  hall.show(
    h(
      "div",
      {},
      h("h1", { tabindex: -1 }, "Thực địa"),
      h("p", { class: "big" }, "Ghi sổ khuyến học của thôn ngay tại nhà dân, có sóng hay không."),
      note("info", said),
      sign && linkButton(error.state === "sign_in" ? "Đăng nhập" : "Đăng nhập bằng tên khác", hall.signIn, "main wide"),
      !sign && button("Thử lại", () => void enter(hall), { class: "main wide", id: "again" }),
    ),
  );
}

/** Whose box? @param {Hall} hall @param {Person[]} known */
export function choose(hall, known) {
  const open = (/** @type {Person} */ person) => (person.pin ? locked(hall, person) : hall.open(person.id));
  hall.show(
    h(
      "div",
      {},
      h("h1", { tabindex: -1 }, "Hộp của ai?"),
      h("p", { class: "quiet" }, "Mỗi người một hộp trên máy này. Việc chưa gửi của mỗi hộp đều được giữ."),
      known.map((person) => button(`${person.name}${person.place ? " · " + person.place : ""}${person.pin ? " (có mã PIN)" : ""}`, () => open(person), { class: "wide", id: `person-${person.id}` })),
      h("h2", {}, "Người khác"),
      linkButton("Đăng nhập bằng tên khác", hall.signIn, "wide quietly"),
    ),
  );
}

/** The PIN is asked. @param {Hall} hall @param {Person} person @param {string} [wrong] */
export function locked(hall, person, wrong = "") {
  const attempt = async () => {
    if (!person.pin) return hall.open(person.id);
    const told = await tryPin(person.pin, typed("pin"));
    const now = await rememberPerson(person.id, { pin: told.pin });
    return told.opens ? hall.open(person.id) : locked(hall, now, waiting(told.pin.until));
  };
  hall.show(
    h(
      "form",
      { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void attempt()) },
      h("h1", { tabindex: -1 }, "Đang khóa"),
      h("p", { class: "big" }, person.name),
      wrong && note("bad", h("span", { role: "alert" }, wrong)),
      field("pin", "Mã PIN", { type: "password", inputmode: "numeric", maxlength: 6, autocomplete: "current-password" }),
      h("button", { class: "b main wide", id: "unlock" }, "Mở"),
      button("Quên mã PIN", () => void forgot(hall, person), { class: "wide quietly", id: "forgot" }),
      button("Hộp của người khác", () => void people().then((known) => choose(hall, known)), { class: "wide quietly", id: "others" }),
    ),
  );
}

/** @param {number} until */
function waiting(until) {
  const seconds = Math.ceil((until - Date.now()) / 1000);
  return seconds > 0 ? `Sai nhiều lần. Chờ ${seconds} giây rồi thử lại.` : "Mã PIN không đúng.";
}

/** Signing in anew as the same person takes the PIN away; the box stays. @param {Hall} hall @param {Person} person */
async function forgot(hall, person) {
  if (!(await signOut(hall.signOut))) return locked(hall, person, "Cần có mạng: đăng nhập lại bằng tên này sẽ bỏ mã PIN cũ. Hộp vẫn giữ.");
  await rememberPerson(person.id, { forgot: true });
  await sitDown(null);
  return location.assign(hall.signIn);
}

/** End the session at the server; false where it could not be reached. @param {string} address */
export async function signOut(address) {
  try {
    const page = await (await fetch(address, { credentials: "same-origin" })).text();
    const token = new DOMParser().parseFromString(page, "text/html").querySelector("input[name=csrfmiddlewaretoken]");
    if (token) await fetch(address, { method: "POST", credentials: "same-origin", body: new URLSearchParams({ csrfmiddlewaretoken: token.getAttribute("value") ?? "" }) });
    await pull(undefined, "");
    return false;
  } catch (error) {
    return error instanceof Stopped && error.state === "sign_in";
  }
}
