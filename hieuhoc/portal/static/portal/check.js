// Checks the signed statement of a certificate in the browser: nothing leaves the device.
// The statement stands behind the # of the address in the QR code: base64url(claim).base64url(signature).

/** @typedef {{keys: Record<string, string>, titles: Record<string, string>}} Published */
/** @typedef {{ok: boolean, text: string, lines: [string, string][]}} Verdict */

const UNABLE = "Trình duyệt này chưa kiểm tra được chữ ký số. Kết quả tra mã ở trên vẫn đúng; cập nhật trình duyệt để kiểm tra thêm chữ ký.";
const FORGED = "Chữ ký số không đúng: giấy này không do hệ thống này cấp, hoặc mã QR đã bị sửa.";
const GENUINE = "Chữ ký số đúng. So các dòng dưới đây với giấy đang cầm:";

/** @param {string} text */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {string} day */
const shown = (day) => day.split("-").reverse().join("/");

/**
 * The claim of a statement, or null when it is not signed by one of the keys.
 * @param {string} text
 * @param {Published} published
 */
async function read(text, published) {
  const [said, signature] = text.split(".").map(bytes);
  const claim = JSON.parse(new TextDecoder().decode(said));
  const raw = published.keys[String(claim[1])];
  if (claim[0] !== 1 || !raw) return null;
  const key = await crypto.subtle.importKey("raw", bytes(raw), { name: "Ed25519" }, false, ["verify"]);
  return (await crypto.subtle.verify("Ed25519", key, signature, said)) ? claim : null;
}

/**
 * @param {any[]} claim
 * @param {Published} published
 * @returns {[string, string][]}
 */
function lines(claim, published) {
  const [, , code, model, year, level, name, place, decision, day] = claim;
  const grade = level ? ` mức độ ${level}` : "";
  return [
    ["Tên", name],
    ["Nơi cấp", place],
    ["Danh hiệu", `${published.titles[model] ?? model}${grade}, năm ${year}`],
    ["Quyết định", decision ? `số ${decision}, ngày ${shown(day)}` : "chưa ký khi in giấy này"],
    ["Mã kiểm tra", code.match(/.{1,4}/g).join("-")],
  ];
}

/**
 * @param {string} text
 * @param {Published} published
 * @returns {Promise<Verdict>}
 */
async function judge(text, published) {
  const statement = text.trim().split("#").pop() ?? "";
  try {
    const claim = await read(statement, published);
    return claim ? { ok: true, text: GENUINE, lines: lines(claim, published) } : { ok: false, text: FORGED, lines: [] };
  } catch (problem) {
    const unable = problem instanceof DOMException && problem.name === "NotSupportedError";
    return { ok: false, text: unable || !globalThis.crypto?.subtle ? UNABLE : FORGED, lines: [] };
  }
}

/**
 * @param {HTMLElement} place
 * @param {Verdict} verdict
 */
function show(place, verdict) {
  place.hidden = false;
  place.dataset.genuine = String(verdict.ok);
  place.classList.toggle("is-good", verdict.ok);
  place.classList.toggle("is-bad", !verdict.ok);
  const said = document.createElement("p");
  said.className = "hh-note-title";
  said.textContent = verdict.text;
  const list = document.createElement("dl");
  list.className = "hh-facts";
  for (const [name, value] of verdict.lines) {
    const term = document.createElement("dt");
    const detail = document.createElement("dd");
    term.textContent = name;
    detail.textContent = value;
    list.append(term, detail);
  }
  place.replaceChildren(said, ...(verdict.lines.length ? [list] : []));
}

async function start() {
  const source = document.getElementById("khoa");
  const place = document.getElementById("chu-ky");
  if (!source || !place) return;
  /** @type {Published} */
  const published = JSON.parse(source.textContent ?? "{}");
  const form = document.getElementById("kiem-tra-chu-ky");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    show(place, await judge(field.value, published));
  });
  if (location.hash.length > 40) show(place, await judge(location.hash, published));
}

start();
