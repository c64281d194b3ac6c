// The scoring grid: keyboard as in a spreadsheet, paste from Excel, every cell saved as it is typed.
//
// No rule lives here. What is typed goes to the server as text with what was there before; the server answers with
// the whole row (texts, total, outcome, reasons) or with the sentence of its refusal. Without this script every cell
// is a link to the dossier's page.

/**
 * @typedef {{id: string, locked: string, outcome: string, outcomeLabel: string, total: string, because: string,
 *   cells: Record<string, [string, string, string]>}} Row
 * @typedef {{rows: Row[], refused: {id: string, key: string, message: string}[]}} Answer
 * @typedef {{text: string, was: string}} Change
 * @typedef {[HTMLTableCellElement, string]} Written
 */

const table = /** @type {HTMLTableElement | null} */ (document.querySelector("[data-grid]"));
if (table) start(table);

/** @param {HTMLTableElement} grid */
function start(grid) {
  const lines = [...grid.tBodies[0].rows];
  /** @type {HTMLTableCellElement[][]} */
  const cells = lines.map((line) => [...line.querySelectorAll("td[data-key]")].map((cell) => /** @type {HTMLTableCellElement} */ (cell)));
  const width = cells[0].length;
  const saved = new Map(cells.flat().map((cell) => [cell, text(cell)]));
  const saver = makeSaver(grid, saved, () => explain(cells[row][column]));
  /** @type {Written[][]} */
  const past = [];
  let [row, column] = [0, 0];
  let [fromRow, fromColumn] = [0, 0];
  let leaving = false;
  /** @type {HTMLInputElement | null} */
  let input = null;

  for (const link of grid.querySelectorAll("td[data-key] a")) link.setAttribute("tabindex", "-1");
  cells[0][0].tabIndex = 0;

  /** @param {number} toRow @param {number} toColumn @param {boolean} [extend] */
  function go(toRow, toColumn, extend = false) {
    cells[row][column].tabIndex = -1;
    row = Math.max(0, Math.min(cells.length - 1, toRow));
    column = Math.max(0, Math.min(width - 1, toColumn));
    if (!extend) [fromRow, fromColumn] = [row, column];
    const cell = cells[row][column];
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    mark();
    explain(cell);
    show(cell);
  }

  /** Bring a cell into sight between the fixed columns and below the fixed header. @param {HTMLElement} cell */
  function show(cell) {
    const box = /** @type {HTMLElement} */ (grid.parentElement);
    const fixed = (/** @type {string} */ part) => {
      const head = /** @type {HTMLElement | null} */ (grid.tHead?.querySelector(part));
      return head && getComputedStyle(head).left + getComputedStyle(head).right !== "autoauto" ? head.offsetWidth : 0;
    };
    const [at, frame] = [cell.getBoundingClientRect(), box.getBoundingClientRect()];
    const [left, right] = [frame.left + fixed(".hh-name"), frame.left + box.clientWidth - fixed(".hh-total") - fixed(".hh-result")];
    const [top, bottom] = [frame.top + (grid.tHead?.offsetHeight ?? 0), frame.top + box.clientHeight];
    box.scrollLeft += Math.min(0, at.left - left) || Math.max(0, at.right - right);
    box.scrollTop += Math.min(0, at.top - top) || Math.max(0, at.bottom - bottom);
    cell.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  }

  /** The chosen cells, row by row. */
  function chosen() {
    const [top, bottom] = [Math.min(row, fromRow), Math.max(row, fromRow)];
    const [left, right] = [Math.min(column, fromColumn), Math.max(column, fromColumn)];
    return cells.slice(top, bottom + 1).map((line) => line.slice(left, right + 1));
  }

  function mark() {
    for (const cell of grid.querySelectorAll("[aria-selected]")) cell.removeAttribute("aria-selected");
    for (const cell of chosen().flat()) cell.setAttribute("aria-selected", "true");
  }

  /** Write texts as one act that Ctrl+Z takes back. @param {Written[]} wanted @param {boolean} [keep] */
  function write(wanted, keep = true) {
    const real = wanted.filter(([cell, value]) => typed(cell) && text(cell) !== value);
    if (!real.length) return;
    if (keep) past.push(real.map(([cell]) => [cell, text(cell)]));
    for (const [cell, value] of real) saver.put(cell, value);
    saver.send();
  }

  /** @param {boolean} fresh whether typing replaces what was there */
  function edit(fresh) {
    const cell = cells[row][column];
    if (!typed(cell)) return;
    const field = document.createElement("input");
    field.value = fresh ? "" : text(cell);
    field.setAttribute("aria-label", `${cell.dataset.key}, ${nameOf(cell)}`);
    field.autocomplete = "off";
    field.dataset.fresh = fresh ? "1" : "";
    cell.append(field);
    cell.classList.add("is-edited");
    input = field;
    field.focus();
    field.addEventListener("blur", () => close(true));
  }

  /** @param {boolean} keep */
  function close(keep) {
    const field = input;
    if (!field) return;
    input = null;
    const cell = /** @type {HTMLTableCellElement} */ (field.parentElement);
    field.remove();
    cell.classList.remove("is-edited");
    if (keep) write([[cell, field.value.trim()]]);
  }

  /** While a cell is edited. @param {KeyboardEvent} event */
  function whileEditing(event) {
    const field = /** @type {HTMLInputElement} */ (input);
    const sideways = field.dataset.fresh && !event.shiftKey;
    /** @type {Record<string, () => void>} */
    const keys = {
      Enter: () => go(row + (event.shiftKey ? -1 : 1), column),
      Tab: () => step(event.shiftKey ? -1 : 1),
      Escape: () => go(row, column),
      ArrowUp: () => go(row - 1, column),
      ArrowDown: () => go(row + 1, column),
    };
    if (sideways) Object.assign(keys, { ArrowLeft: () => go(row, column - 1), ArrowRight: () => go(row, column + 1) });
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    close(event.key !== "Escape");
    keys[event.key]();
  }

  /** One cell on, over the end of the row. @param {number} by */
  function step(by) {
    const at = row * width + column + by;
    if (at >= 0 && at < cells.length * width) go(Math.floor(at / width), at % width);
    else go(row, column);
  }

  /** @param {KeyboardEvent} event */
  function whileWalking(event) {
    const control = event.ctrlKey || event.metaKey;
    const extend = event.shiftKey;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowUp: () => go(control ? 0 : row - 1, column, extend),
      ArrowDown: () => go(control ? cells.length : row + 1, column, extend),
      ArrowLeft: () => go(row, control ? 0 : column - 1, extend),
      ArrowRight: () => go(row, control ? width : column + 1, extend),
      Home: () => go(control ? 0 : row, 0, extend),
      End: () => go(control ? cells.length : row, width, extend),
      PageUp: () => go(row - 10, column, extend),
      PageDown: () => go(row + 10, column, extend),
      Enter: () => go(row + (extend ? -1 : 1), column),
      F2: () => edit(false),
      Delete: () => write(chosen().flat().map((cell) => [cell, ""])),
      Backspace: () => write(chosen().flat().map((cell) => [cell, ""])),
    };
    if (event.key === "Tab") return walkByTab(event);
    if (event.key === "Escape") return void (leaving = true);
    leaving = false;
    if (control && event.key.toLowerCase() === "z") return takeBack(event);
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    } else if (!control && !event.altKey && (event.key.length === 1 || event.key === "Process")) edit(true);
  }

  /** Tab goes through the cells; after Escape, and at either end, it leaves the grid. @param {KeyboardEvent} event */
  function walkByTab(event) {
    const at = row * width + column + (event.shiftKey ? -1 : 1);
    if (leaving || at < 0 || at >= cells.length * width) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }

  /** @param {Event} event */
  function takeBack(event) {
    event.preventDefault();
    const last = past.pop();
    if (last) write(last, false);
  }

  /** @param {ClipboardEvent} event */
  function paste(event) {
    if (input) return;
    event.preventDefault();
    const block = parse(event.clipboardData?.getData("text/plain") ?? "");
    if (!block.length) return;
    const one = block.length === 1 && block[0].length === 1;
    if (one) return write(chosen().flat().map((cell) => [cell, block[0][0]]));
    const [top, left] = [Math.min(row, fromRow), Math.min(column, fromColumn)];
    /** @type {Written[]} */
    const wanted = [];
    let outside = 0;
    block.forEach((line, down) =>
      line.forEach((value, along) => {
        const cell = cells[top + down]?.[left + along];
        if (cell) wanted.push([cell, value]);
        else if (value) outside += 1;
      }),
    );
    write(wanted);
    [fromRow, fromColumn] = [top, left];
    go(top + block.length - 1, left + Math.max(...block.map((line) => line.length)) - 1, true);
    if (outside) toast(`${outside} ô nằm ngoài trang này nên không dán. Lọc theo thôn hoặc sang trang sau rồi dán tiếp.`);
  }

  /** @param {ClipboardEvent} event */
  function copy(event) {
    if (input) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", chosen().map((line) => line.map(text).join("\t")).join("\n"));
  }

  grid.addEventListener("keydown", (event) => {
    const inside = /** @type {HTMLElement} */ (event.target).closest("td[data-key]");
    if (inside) (input ? whileEditing : whileWalking)(event);
  });
  grid.addEventListener("mousedown", (event) => point(event));
  grid.addEventListener("dblclick", (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest("td[data-key]") && !input) edit(false);
  });
  grid.addEventListener("click", (event) => {
    const cell = /** @type {HTMLElement} */ (event.target).closest("td[data-key]");
    if (cell && typed(/** @type {HTMLTableCellElement} */ (cell)) && !event.ctrlKey) event.preventDefault();
  });
  grid.addEventListener("paste", paste);
  grid.addEventListener("copy", copy);

  /** A press chooses a cell; with Shift, or while the button is held, a range. @param {MouseEvent} event */
  function point(event) {
    const cell = /** @type {HTMLTableCellElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("td[data-key]"));
    if (!cell || event.button !== 0 || event.target === input) return;
    if (event.ctrlKey || !typed(cell)) return;
    event.preventDefault();
    close(true);
    const [down, along] = placeOf(cell);
    go(down, along, event.shiftKey);
    const drag = (/** @type {MouseEvent} */ move) => {
      const over = /** @type {HTMLElement} */ (move.target).closest?.("td[data-key]");
      if (over && grid.contains(over) && move.buttons) go(...placeOf(/** @type {HTMLTableCellElement} */ (over)), true);
    };
    document.addEventListener("mousemove", drag);
    document.addEventListener("mouseup", () => document.removeEventListener("mousemove", drag), { once: true });
  }

  /** @param {HTMLTableCellElement} cell @returns {[number, number]} */
  function placeOf(cell) {
    const down = lines.indexOf(/** @type {HTMLTableRowElement} */ (cell.parentElement));
    return [down, cells[down].indexOf(cell)];
  }
}

/** Tell beside the grid why a cell and its row stand as they do. @param {HTMLTableCellElement} cell */
function explain(cell) {
  const told = document.querySelector("[data-told]");
  if (!told) return;
  const line = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const who = document.createElement("b");
  who.textContent = `${nameOf(cell)}, ${cell.dataset.key}: `;
  const why = cell.querySelector("a")?.title ?? "";
  const whole = line.querySelector(".hh-result small")?.textContent ?? "";
  told.replaceChildren(who, [why, whole, line.title].filter(Boolean).join(" "));
}

/** What stands in a cell. @param {Element} cell */
function text(cell) {
  return cell.querySelector("a")?.textContent?.trim() ?? "";
}

/** Whether a cell can be typed into. @param {Element} cell */
function typed(cell) {
  return cell.getAttribute("aria-readonly") !== "true";
}

/** Whose row a cell stands in. @param {Element} cell */
function nameOf(cell) {
  return cell.parentElement?.querySelector("th a")?.textContent ?? "";
}

/** Rows and cells of what Excel puts on the clipboard. @param {string} clip */
function parse(clip) {
  const rows = clip.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return rows.map((line) => line.split("\t").map((value) => value.trim().replace(/^"(.*)"$/, "$1").trim()));
}

/** @param {string} sentence */
function toast(sentence) {
  document.dispatchEvent(new CustomEvent("hieuhoc:toast", { detail: { text: sentence, bad: true } }));
}

/**
 * Keeps what is typed until the server has it: one request at a time, tried again when the network fails.
 * @param {HTMLTableElement} grid @param {Map<HTMLTableCellElement, string>} saved what the server has of each cell
 * @param {() => void} drawn called when rows were drawn anew
 */
function makeSaver(grid, saved, drawn) {
  const [SOON, FIRST_WAIT, LONGEST_WAIT, MOST] = [120, 2000, 30000, 1000];
  const told = /** @type {HTMLElement} */ (document.querySelector("[data-saved]"));
  const again = /** @type {HTMLButtonElement} */ (document.querySelector("[data-retry]"));
  const box = /** @type {HTMLElement} */ (document.querySelector("[data-refused]"));
  /** @type {Map<HTMLTableCellElement, Change>} */
  const waiting = new Map();
  /** @type {Map<HTMLTableCellElement, string>} */
  const refusals = new Map();
  let [busy, wait, timer] = [false, FIRST_WAIT, 0];

  /** @param {HTMLTableCellElement} cell @param {string} value */
  function put(cell, value) {
    waiting.set(cell, { text: value, was: saved.get(cell) ?? "" });
    /** @type {HTMLElement} */ (cell.querySelector("a")).textContent = value;
    cell.classList.add("is-waiting");
    settle(cell);
  }

  /** A cell that is typed anew is no longer refused. @param {HTMLTableCellElement} cell */
  function settle(cell) {
    refusals.delete(cell);
    cell.classList.remove("is-refused");
    cell.removeAttribute("aria-invalid");
  }

  function send(delay = SOON) {
    window.clearTimeout(timer);
    tell("is-saving", `Đang lưu ${waiting.size} ô…`);
    timer = window.setTimeout(flush, delay);
  }

  async function flush() {
    if (busy || !waiting.size) return;
    const batch = [...waiting].slice(0, MOST);
    busy = true;
    try {
      const answer = await ask(batch);
      for (const [cell, change] of batch) received(cell, change, answer);
      take(answer);
      wait = FIRST_WAIT;
    } catch (problem) {
      fail(problem);
    } finally {
      busy = false;
    }
    if (again.hidden) waiting.size ? send(0) : rest();
  }

  /** @param {[HTMLTableCellElement, Change][]} batch @returns {Promise<Answer>} */
  async function ask(batch) {
    const list = batch.map(([cell, change]) => ({ id: cell.closest("tr")?.dataset.id, key: cell.dataset.key, ...change }));
    const one = list.length === 1;
    const reply = await fetch((one ? grid.dataset.answer : grid.dataset.paste) ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": document.body.dataset.csrf ?? "" },
      body: JSON.stringify(one ? list[0] : { cells: list }),
    });
    if (reply.redirected || !reply.headers.get("Content-Type")?.includes("json")) throw new Refusal("Phiên làm việc đã hết. Mở trang đăng nhập ở thẻ khác, đăng nhập rồi bấm Thử lại.");
    const body = await reply.json();
    if (reply.status >= 500) throw new Error(body.detail);
    if (!reply.ok) throw new Refusal(body.detail ?? "Máy chủ không nhận.");
    return body;
  }

  /**
   * A change has arrived. One typed over it meanwhile stands on what the server now has from this same hand, and not
   * on what was there before: else it would look like another person's.
   * @param {HTMLTableCellElement} cell @param {Change} change @param {Answer} answer
   */
  function received(cell, change, answer) {
    const newer = waiting.get(cell);
    if (newer === change) waiting.delete(cell);
    const [id, key] = [cell.closest("tr")?.dataset.id, cell.dataset.key ?? ""];
    const refused = answer.refused.some((one) => one.id === id && one.key === key);
    const row = answer.rows.find((one) => one.id === id);
    if (newer && newer !== change && row && !refused) newer.was = row.cells[key][0];
  }

  /** Put the server's rows in place, but never over what is being typed since. @param {Answer} answer */
  function take(answer) {
    for (const { id, key, message } of answer.refused) {
      const cell = /** @type {HTMLTableCellElement | null} */ (grid.querySelector(`tr[data-id="${CSS.escape(id)}"] td[data-key="${CSS.escape(key)}"]`));
      if (cell) refusals.set(cell, message);
    }
    for (const row of answer.rows) draw(row);
    list();
    drawn();
  }

  /** @param {Row} row */
  function draw(row) {
    const line = grid.querySelector(`tr[data-id="${CSS.escape(row.id)}"]`);
    if (!line) return;
    for (const cell of /** @type {NodeListOf<HTMLTableCellElement>} */ (line.querySelectorAll("td[data-key]"))) {
      const [value, stands, because] = row.cells[cell.dataset.key ?? ""] ?? ["", "", ""];
      saved.set(cell, value);
      if (row.locked) cell.setAttribute("aria-readonly", "true");
      if (waiting.has(cell)) continue;
      const refusal = refusals.get(cell);
      cell.className = refusal ? "is-refused" : stands ? `is-${stands}` : "";
      const link = /** @type {HTMLElement} */ (cell.querySelector("a"));
      link.title = refusal ?? because;
      cell.toggleAttribute("aria-invalid", false);
      if (refusal) cell.setAttribute("aria-invalid", "true");
      else link.textContent = value;
    }
    /** @type {HTMLElement} */ (line.querySelector(".hh-total")).textContent = row.total;
    const [word, why] = /** @type {HTMLElement[]} */ ([...line.querySelectorAll(".hh-result > *")]);
    word.textContent = row.outcomeLabel;
    word.className = `is-${row.outcome || "none"}`;
    why.textContent = why.title = row.because;
  }

  /** Name every refused cell below the grid; a click goes there. */
  function list() {
    box.hidden = !refusals.size;
    const head = document.createElement("p");
    head.textContent = `${refusals.size} ô chưa được nhận; chữ đã gõ còn nguyên trong ô:`;
    const items = document.createElement("ul");
    for (const [cell, message] of refusals) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet";
      button.textContent = nameOf(cell);
      button.addEventListener("click", () => {
        cell.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));
      });
      item.append(button, ` ${message}`);
      items.append(item);
    }
    box.replaceChildren(head, items);
  }

  /** @param {unknown} problem */
  function fail(problem) {
    again.hidden = false;
    if (problem instanceof Refusal) {
      tell("is-bad", `Chưa lưu ${waiting.size} ô. ${problem.message}`);
      return;
    }
    tell("is-bad", `Chưa lưu ${waiting.size} ô: không nối được máy chủ. Tự thử lại sau ${Math.round(wait / 1000)} giây; đừng đóng trang.`);
    window.clearTimeout(timer);
    timer = window.setTimeout(retry, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  function retry() {
    again.hidden = true;
    send(0);
  }

  function rest() {
    if (refusals.size) tell("is-bad", `Đã lưu, trừ ${refusals.size} ô chưa được nhận (xem dưới bảng).`);
    else tell("", "Mọi ô đã lưu.");
  }

  /** @param {string} look @param {string} sentence */
  function tell(look, sentence) {
    told.className = `mb-0 ${look}`;
    told.textContent = sentence;
  }

  again.addEventListener("click", retry);
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
  return { put, send };
}

/** A refusal that trying again by itself would not change. */
class Refusal extends Error {}
