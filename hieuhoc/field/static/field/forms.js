// The small forms: a new household, a withdrawal, a word to the commune; and how the page is used.

import { button, choices, field, h, linkButton, note, typed } from "./dom.js";
import { add, desk, round, say, withdraw } from "./desk.js";
import { inOrder } from "./list.js";
import { fold, MODELS, number } from "./words.js";

/** @param {string} hash */
const go = (hash) => void (location.hash = hash);
const form = { enters: true, wrong: "", twin: "" };

/** A new household or citizen. @param {string} model @param {() => void} redraw */
export function adding(model, redraw) {
  const { one, form: title } = MODELS[model] ?? MODELS.FAMILY;
  const house = model === "FAMILY";
  const keep = () => void save(model, redraw);
  return h(
    "div",
    {},
    h("h1", { tabindex: -1 }, title),
    h("p", { class: "quiet" }, `Vào sổ của ${desk().known?.place.name ?? "thôn"}. Kiểm tra đã có trong danh sách chưa trước khi thêm.`),
    form.wrong && note("bad", h("span", { role: "alert" }, form.wrong), form.twin && linkButton("Mở mục đã có", `#/muc/${form.twin}`)),
    field("name", house ? "Họ và tên chủ hộ" : "Họ và tên", { maxlength: 120, autocapitalize: "words" }),
    field("code", house ? "Mã hộ (nếu có)" : "Mã (nếu có)", { maxlength: 40 }),
    house ? field("members", "Số khẩu (nếu biết)", { inputmode: "numeric", maxlength: 3 }) : field("birth", "Ngày sinh (nếu biết)", { type: "date" }),
    round()?.models[model] && entry(redraw),
    button(`Thêm ${one}`, keep, { class: "main wide", id: "save" }),
    form.twin && button("Vẫn thêm: trùng tên nhưng khác nhà", () => void save(model, redraw, true), { class: "wide", id: "save-twin" }),
    linkButton("Về danh sách", `#/ds/${model}`, "wide quietly"),
  );
}

/** @param {() => void} redraw */
function entry(redraw) {
  const offered = [
    { value: true, text: `Đăng ký luôn năm ${round()?.year}` },
    { value: false, text: "Chỉ thêm vào sổ" },
  ];
  return choices("enters", "Đăng ký", offered, (value) => value === form.enters, (value) => {
    form.enters = value;
    redraw();
  }, { kind: "two" });
}

/** @param {string} model @param {() => void} redraw */
async function save(model, redraw, twins = false) {
  const name = typed("name").replace(/\s+/g, " ");
  const members = typed("members");
  const twin = inOrder(model).find((one) => fold(one.name) === fold(name));
  form.twin = name && twin && !twins ? twin.id : "";
  form.wrong = !name ? "Chưa ghi họ tên." : form.twin ? `Trong danh sách đã có ${twin?.name}${twin?.code ? ", mã " + twin.code : ""}.` : "";
  if (members && !Number.isInteger(number(members))) form.wrong = "Số khẩu phải là số.";
  if (form.wrong) return redraw();
  /** @type {Record<string, string|number>} */
  const details = {};
  if (members) details.members = number(members) ?? 0;
  if (typed("birth")) details.birth_date = typed("birth");
  const id = await add(model, name, typed("code"), details, form.enters && Boolean(round()?.models[model]));
  return go(`#/muc/${id}`);
}

/** Leave the round, with the reason. @param {string} id @param {() => void} redraw */
export function leaving(id, redraw) {
  const who = desk().view.subjects.get(id);
  const act = async () => {
    form.wrong = typed("reason") ? "" : "Ghi lý do rút đăng ký.";
    if (form.wrong) return redraw();
    await withdraw(id, typed("reason"));
    return go(`#/muc/${id}`);
  };
  return h(
    "div",
    {},
    h("h1", { tabindex: -1 }, "Rút đăng ký"),
    h("p", {}, `${who?.name ?? ""} không dự xét năm nay. Câu trả lời đã ghi vẫn giữ; có thể đăng ký lại.`),
    form.wrong && note("bad", h("span", { role: "alert" }, form.wrong)),
    field("reason", "Lý do", { rows: 3, maxlength: 500 }),
    button("Rút đăng ký", () => void act(), { class: "main wide", id: "withdraw" }),
    linkButton("Không rút", `#/muc/${id}`, "wide quietly"),
  );
}

/** A word to the commune. @param {string} id "" for none @param {string} question @param {() => void} redraw */
export function telling(id, question, redraw) {
  const who = desk().view.subjects.get(id);
  const asked = desk().known?.questions.find((one) => one.id === question);
  const act = async () => {
    form.wrong = typed("text") ? "" : "Chưa ghi lời nhắn.";
    if (form.wrong) return redraw();
    await say(who ? id : "", typed("text"), asked?.id);
    return go(who ? `#/muc/${id}` : "#/");
  };
  return h(
    "div",
    {},
    h("h1", { tabindex: -1 }, asked ? "Trả lời xã" : "Nhắn cho xã"),
    who && h("p", {}, `Về: ${who.name}${who.code ? ` (mã ${who.code})` : ""}`),
    asked && note("warn", h("b", {}, `${asked.by} hỏi: `), asked.text),
    form.wrong && note("bad", h("span", { role: "alert" }, form.wrong)),
    field("text", "Lời nhắn", { rows: 5, maxlength: 2000 }, "Có thể nói bằng nút micrô của bàn phím."),
    button("Bỏ vào hộp", () => void act(), { class: "main wide", id: "say" }),
    linkButton("Quay lại", who ? `#/muc/${id}` : "#/", "wide quietly"),
  );
}

/** A fresh form each time a screen is entered. */
export const clearForm = () => void Object.assign(form, { enters: true, wrong: "", twin: "" });

/** How the page is used. */
export function helping() {
  const lines = [
    ["Không cần mạng", "Sau lần mở đầu tiên, trang mở và ghi được ở nơi không có sóng. Mọi việc giữ trong máy."],
    ["Hộp việc", "Số «chưa gửi» ở góc trên. Có mạng thì tự gửi; bấm vào số đó để gửi ngay."],
    ["Ghi điểm", "Mở một hộ, bấm vào số điểm. Bấm nhầm thì bấm lại số khác. «Không áp dụng» khác với 0 điểm và khác với bỏ trống."],
    ["Ảnh minh chứng", "Bấm «Chụp ảnh» dưới chỉ số. Ảnh được thu nhỏ trong máy; nơi chụp bị xóa khỏi ảnh."],
    ["Hai người cùng sửa", "Cả hai bản đều giữ, xã chọn. Không ai mất việc đã ghi."],
    ["Máy dùng chung", "Mỗi người một hộp. Đặt mã PIN ở Hộp việc để khóa trang; mã PIN không mã hóa dữ liệu trong máy."],
    ["Đưa ra màn hình chính", "Trong thực đơn của trình duyệt chọn «Thêm vào màn hình chính» hoặc «Cài ứng dụng»."],
  ];
  return h("div", {}, h("h1", { tabindex: -1 }, "Cách dùng"), lines.map(([head, text]) => h("section", { class: "card" }, h("h2", {}, head), h("p", {}, text))), linkButton("Về danh sách", "#/", "wide"));
}
