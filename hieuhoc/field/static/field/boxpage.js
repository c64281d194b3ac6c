// "Hộp việc": what waits, what the commune keeps or did not take, sending by hand, a file, the PIN, leaving.

import { button, choices, field, h, linkButton, note, typed } from "./dom.js";
import { asFile, comingPlace, desk, keptByCommune, moveTo, setPerson, unsent, wasRead } from "./desk.js";
import { isPin, makePin } from "./lock.js";
import { size, STANDS, vnMoment } from "./words.js";

/** @typedef {{send: () => void, leave: () => void, lock: () => void, redraw: () => void, signIn: string}} Acts */

const now = { asks: false, pin: "", saved: "", persisted: /** @type {boolean|null} */ (null) };
const MANY = 30;

/** @param {Acts} acts */
export function boxPage(acts) {
  const left = unsent();
  return h(
    "div",
    {},
    h("h1", { tabindex: -1 }, "Hộp việc"),
    h("p", { class: "big", id: "left" }, left ? `${left} việc chưa gửi` : "Đã gửi hết"),
    stands(acts),
    button("Gửi ngay", acts.send, { class: "main wide", id: "send", disabled: desk().net.state === "busy" }),
    waits(),
    commune(),
    places(),
    file(),
    pin(acts),
    leaving(acts, left),
    kept(),
    linkButton("Về danh sách", "#/", "wide"),
  );
}

/** @param {Acts} acts */
function stands(acts) {
  const { state, message, person } = desk().net;
  if (state === "sent") return h("p", { class: "quiet", role: "status" }, `Lần cuối tới máy chủ: ${vnMoment(desk().known?.at ?? "")}`);
  const who = person ? ` Tên đang đăng nhập: ${person.name}; hộp này của ${desk().person.name}.` : "";
  const kind = state === "busy" || state === "offline" ? "info" : "warn";
  const sign = state === "sign_in" || state === "other_person";
  return note(kind, h("span", { role: "status" }, `${STANDS[state]}${who}`), message && ["no_post", "phone"].includes(state) && h("p", {}, message), sign && linkButton("Đăng nhập", acts.signIn, "main"));
}

function waits() {
  const { box, photos } = desk();
  const ahead = photos.filter((photo) => !box.some(({ id }) => id === photo.envelope));
  if (!box.length && !ahead.length) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Chờ gửi"),
    h(
      "ul",
      { class: "plain" },
      box.slice(0, MANY).map((one) => h("li", {}, one.label, h("small", {}, ` ${vnMoment(one.body.at)}`), one.stuck && h("p", { class: "wrong" }, one.stuck))),
      box.length > MANY && h("li", {}, `… và ${box.length - MANY} việc nữa`),
      ahead.map((one) => h("li", {}, `${one.label}: đã gửi ${size(one.have)}/${size(one.size)}`, one.stuck && h("p", { class: "wrong" }, one.stuck))),
    ),
  );
}

function commune() {
  const { told, view } = desk();
  const seen = new Set(told.map((one) => one.id));
  const open = keptByCommune().filter((one) => !seen.has(one.id));
  const name = (/** @type {string|undefined} */ id) => (id && view.subjects.get(id)?.name) || "Việc đã gửi";
  const rows = [...told.map((one) => ({ ...one, mine: true })), ...open.map((one) => ({ ...one, label: `${name(one.subject)}${one.key ? " · " + one.key : ""}`, mine: false }))];
  const parts = /** @type {const} */ ([
    ["refused", "Không nhận"],
    ["conflict", "Hai bản khác nhau, xã chọn"],
    ["held", "Xã đang giữ"],
  ]);
  return parts.map(([outcome, title]) => {
    const some = rows.filter((one) => one.outcome === outcome);
    if (!some.length) return null;
    const read = (/** @type {string} */ id) => button("Đã đọc", () => void wasRead(id), { id: `read-${id}` });
    const items = some.map((one) => h("li", {}, h("b", {}, one.label), h("p", {}, one.message), outcome === "refused" && one.mine && read(one.id)));
    return h("section", { class: `card ${outcome}` }, h("h2", {}, title), h("ul", { class: "plain" }, items));
  });
}

function places() {
  const { known } = desk();
  if (!known || known.places.length < 2) return null;
  const offered = known.places.map((place) => ({ value: place.id, text: place.name, note: place.commune }));
  const coming = comingPlace();
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Đang ghi ở"),
    coming ? note("info", `Sẽ đổi sang ${coming.name} khi có mạng. Tới lúc đó vẫn ghi cho ${known.place.name}.`) : h("p", { class: "quiet" }, "Đổi nơi cần có mạng."),
    choices("place", "Nơi", offered, (value) => value === known.place.id, (value) => void moveTo(value), { kind: "tall" }),
  );
}

function file() {
  const save = async () => {
    const blob = await asFile();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `hop-thuc-dia-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    now.saved = `Đã lưu ${link.download} (${size(blob.size)}). Hộp vẫn giữ nguyên.`;
    const shown = document.getElementById("saved");
    if (shown) shown.textContent = now.saved;
  };
  return h("section", { class: "card" }, h("h2", {}, "Khi không gửi được"), h("p", {}, "Lưu cả hộp ra tệp rồi đưa cho cán bộ xã nhập ở trang «Từ thực địa»."), button("Lưu ra tệp", () => void save(), { class: "wide", id: "file" }), h("p", { id: "saved", role: "status", class: "quiet" }, now.saved));
}

/** @param {Acts} acts */
function pin(acts) {
  const has = Boolean(desk().person.pin);
  const set = async () => {
    now.pin = isPin(typed("pin")) ? "" : "Mã PIN gồm 4 đến 6 chữ số.";
    if (now.pin) return acts.redraw();
    const made = await makePin(typed("pin"));
    now.pin = "Đã đặt mã PIN.";
    /** @type {HTMLInputElement} */ (document.getElementById("pin")).value = "";
    return setPerson({ pin: made });
  };
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Mã PIN"),
    h("p", {}, "Khóa trang sau 5 phút không dùng. Mã PIN chỉ khóa trang, không mã hóa dữ liệu trong máy."),
    field("pin", has ? "Mã PIN mới" : "Mã PIN, 4 đến 6 chữ số", { type: "password", inputmode: "numeric", maxlength: 6, autocomplete: "new-password" }),
    now.pin && h("p", { role: "status" }, now.pin),
    button(has ? "Đổi mã PIN" : "Đặt mã PIN", () => void set(), { class: "wide", id: "set-pin" }),
    has && button("Khóa ngay", acts.lock, { class: "wide", id: "lock" }),
    has && button("Bỏ mã PIN", () => void setPerson({ pin: undefined }), { class: "wide quietly", id: "no-pin" }),
  );
}

/** @param {Acts} acts @param {number} left */
function leaving(acts, left) {
  const ask = () => {
    if (!left) return acts.leave();
    now.asks = true;
    return acts.redraw();
  };
  const stay = () => {
    now.asks = false;
    acts.redraw();
  };
  const asked = [
    note("warn", h("span", { role: "alert" }, `Còn ${left} việc chưa gửi. Đăng xuất không làm mất việc, nhưng chỉ gửi được khi đăng nhập lại trên máy này.`)),
    button("Ở lại và gửi", () => (stay(), acts.send()), { class: "main wide", id: "stay" }),
    button("Vẫn đăng xuất", acts.leave, { class: "wide", id: "leave" }),
  ];
  return h("section", { class: "card" }, h("h2", {}, desk().person.name), now.asks && left ? asked : button("Đăng xuất", ask, { class: "wide", id: "ask-leave" }));
}

/** Whether the browser promises to keep the box. */
function kept() {
  const said = { true: "Trình duyệt hứa không tự xóa hộp này.", false: "Trình duyệt có thể xóa hộp khi máy đầy: gửi sớm, và đưa trang ra màn hình chính.", null: "" };
  return h("p", { class: "quiet" }, said[/** @type {"true"} */ (String(now.persisted))]);
}

/** Ask the browser to keep what is stored. */
export async function persist() {
  if (!navigator.storage?.persist) return;
  now.persisted = (await navigator.storage.persisted()) || (await navigator.storage.persist());
}
