// Dropped files are read at once, one after the other; each says what was found. Without this script the form does it.

/**
 * What the server says of one file.
 * @typedef {{name: string, bad: boolean, words: string, url?: string}} Told
 */

const NO_ANSWER = "Máy chủ không trả lời; tệp chưa được đọc. Kiểm tra mạng rồi thả lại.";

/** @param {HTMLFormElement} form */
function setUp(form) {
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
  const list = form.querySelector(".hh-drop-files");
  if (!input || !list) return;
  input.addEventListener("change", async () => {
    const files = [...(input.files ?? [])];
    if (!files.length || !input.checkValidity()) return;
    input.disabled = true;
    const told = [];
    const lines = files.map((file) => line(list, file.name));
    for (const [at, file] of files.entries()) {
      say(lines[at], { name: file.name, bad: false, words: "đang đọc…" });
      const one = await send(form, file);
      say(lines[at], one);
      told.push(one);
    }
    input.disabled = false;
    input.value = "";
    finish(told);
  });
}

/** @param {Element} list @param {string} name */
function line(list, name) {
  if (list.querySelector("li:not([data-file])")) list.replaceChildren();
  const item = document.createElement("li");
  item.dataset.file = name;
  item.textContent = `${name}: đang chờ`;
  list.append(item);
  return item;
}

/** @param {HTMLElement} item @param {Told} told */
function say(item, told) {
  item.className = told.bad ? "is-bad" : "";
  item.replaceChildren(told.url ? link(told) : told.name, `: ${told.words}`);
}

/** @param {Told} told */
function link(told) {
  const anchor = document.createElement("a");
  anchor.href = told.url ?? "";
  anchor.textContent = told.name;
  return anchor;
}

/** @param {HTMLFormElement} form @param {File} file @returns {Promise<Told>} */
async function send(form, file) {
  const body = new FormData();
  for (const hidden of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=hidden]"))) body.append(hidden.name, hidden.value);
  body.append("file", file);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.ok) return said.files[0];
    return { name: file.name, bad: true, words: [said.detail, said.todo].filter(Boolean).join(" ") };
  } catch {
    return { name: file.name, bad: true, words: NO_ANSWER };
  }
}

/** One file that was read opens at once; after several the list below is fetched anew. @param {Told[]} told */
async function finish(told) {
  if (told.length === 1 && told[0].url) {
    location.assign(told[0].url);
    return;
  }
  const answer = await fetch(location.pathname + location.search);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#cac-tep");
  const old = document.querySelector("#cac-tep");
  if (fresh && old) old.replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("htmx:after:swap")); // the frame labels the cards of new tables
}

for (const form of document.querySelectorAll("form[data-upload]")) setUp(/** @type {HTMLFormElement} */ (form));
