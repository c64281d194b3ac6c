// Words on the screen, and text made equal for searching.

/** @type {Record<string, {one: string, many: string, form: string, said: string}>} */
export const MODELS = {
  FAMILY: { one: "hộ", many: "Hộ", form: "Thêm hộ mới", said: "Chủ hộ" },
  CITIZEN: { one: "công dân", many: "Công dân", form: "Thêm công dân", said: "Người được hỏi" },
  CLAN: { one: "dòng họ", many: "Dòng họ", form: "", said: "Đại diện dòng họ" },
  COMMUNITY: { one: "cộng đồng", many: "Cộng đồng", form: "", said: "Đại diện thôn" },
  ORGANISATION: { one: "đơn vị", many: "Đơn vị", form: "", said: "Đại diện đơn vị" },
};

/** What keeps the box from being sent: what is kept, what to do. @type {Record<string, string>} */
export const STANDS = {
  sent: "",
  busy: "Đang gửi…",
  offline: "Chưa có mạng. Mọi việc giữ trong máy; có mạng sẽ tự gửi.",
  timeout: "Mạng quá yếu, chưa gửi xong. Mọi việc giữ trong máy; sẽ tự thử lại.",
  not_ours: "Mạng này chưa tới được máy chủ (có thể phải đăng nhập Wi-Fi). Mọi việc giữ trong máy; sẽ tự thử lại.",
  server: "Máy chủ đang bận hoặc gặp lỗi. Mọi việc giữ trong máy; sẽ tự thử lại.",
  sign_in: "Đăng nhập lại để gửi. Mọi việc vẫn giữ trong máy.",
  no_post: "Tài khoản này chưa được giao ghi ở thôn. Mọi việc giữ trong máy; nhờ xã giao việc, hoặc lưu ra tệp đưa cho xã.",
  upgrade: "Trang đã cũ. Mọi việc giữ trong máy: mở trang này khi có mạng, đóng rồi mở lại để lấy bản mới.",
  unreadable: "Máy chủ chưa đọc được việc này. Mọi việc giữ trong máy; lưu ra tệp đưa cho xã nếu vẫn vậy.",
  phone: "Bộ nhớ của máy không đọc ghi được. Việc đã ghi không bị xóa: đóng trang rồi mở lại; nếu máy đầy, xóa bớt ảnh khác.",
  other_person: "Đang đăng nhập bằng tên người khác. Hộp này giữ nguyên, chưa gửi.",
};

const MARKS = /[\u0300-\u036f]/g;

/** Text without marks and case, for searching. @param {string} text */
export const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(MARKS, "").replaceAll("đ", "d").replace(/[’']/g, "").trim();

/** "20/11/2026" of "2026-11-20…". @param {string|null} day */
export const vnDay = (day) => (day ? day.slice(0, 10).split("-").map(Number).reverse().join("/") : "");

/** "8:12 20/11". @param {string} when */
export const vnMoment = (when) => `${Number(when.slice(11, 13))}:${when.slice(14, 16)} ${vnDay(when)}`;

/** "1,2 MB". @param {number} bytes */
export const size = (bytes) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;

/**
 * A number as people type it: "1.234,5", "7,5", "12". Null for anything else.
 * @param {string} text
 */
export function number(text) {
  const plain = text.replace(/\s/g, "");
  if (!/^-?\d[\d.]*(,\d+)?$/.test(plain)) return null;
  const grouped = plain.includes(",") || /^-?\d{1,3}(\.\d{3})+$/.test(plain);
  const found = Number(grouped ? plain.replaceAll(".", "").replace(",", ".") : plain);
  return Number.isFinite(found) ? found : null;
}

/** A number as people read it, "1.234,5". @param {number|null|undefined} value */
export function vnNumber(value) {
  if (value === null || value === undefined) return "";
  const [whole, part] = String(value).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (part ? `,${part}` : "");
}

/** An answer in words. @param {import("./types.js").Value} value @param {import("./types.js").Indicator} [indicator] @returns {string} */
export function inWords(value, indicator) {
  if (value === null) return "xóa câu trả lời";
  if (value === "n/a") return "không áp dụng";
  if (typeof value === "boolean") return value ? "Có" : "Không";
  if (typeof value === "object" && "of" in value) return `${vnNumber(value.count) || "…"}/${vnNumber(value.of) || "…"}`;
  if (typeof value === "object") return `${vnNumber(value.before) || "…"} → ${vnNumber(value.now) || "…"}`;
  if (indicator?.kind === "level" && indicator.names.length) return value ? (indicator.names[Number(value) - 1] ?? `Mức ${value}`) : "chưa đạt mức nào";
  return vnNumber(Number(value));
}
