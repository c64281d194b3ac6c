// A filled form at the keyboard: Enter goes to the next box, the result follows what is typed, the last Enter saves.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-keying]"));
const live = document.querySelector("[data-live]");

if (form && live) {
  const boxes = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...form.querySelectorAll(".hh-answer")]);
  const save = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-save]"));
  let turn = 0;
  let later = 0;

  /** Ask the server what the answers come to; an answer that comes late is left. */
  const judge = async () => {
    const mine = (turn += 1);
    const body = new URLSearchParams(boxes.map((box) => [box.name, box.value]));
    try {
      const reply = await fetch(form.dataset.keying || "", {
        method: "POST",
        body,
        headers: { "X-CSRFToken": document.body.dataset.csrf || "", "HX-Request": "true" },
      });
      if (!reply.ok || mine !== turn) return;
      live.innerHTML = await reply.text();
      mark();
    } catch {
      // No network: what was typed stays, saving will say it.
    }
  };

  /** Mark the boxes whose value cannot stand. */
  const mark = () => {
    const wrong = new Set([...live.querySelectorAll("[data-wrong]")].map((line) => line.getAttribute("data-wrong")));
    for (const box of boxes) {
      box.classList.toggle("is-invalid", wrong.has(box.name));
      box.setAttribute("aria-invalid", String(wrong.has(box.name)));
    }
  };

  const soon = () => {
    window.clearTimeout(later);
    later = window.setTimeout(judge, 200);
  };

  for (const [at, box] of boxes.entries()) {
    box.addEventListener("input", soon);
    box.addEventListener("keydown", (event) => {
      const { key, isComposing } = /** @type {KeyboardEvent} */ (event);
      if (key !== "Enter" || isComposing) return;
      event.preventDefault();
      const next = boxes[at + 1] ?? save;
      next?.focus();
      if (next instanceof HTMLInputElement) next.select();
    });
  }
  const first = boxes.find((box) => box.classList.contains("is-invalid") || box.getAttribute("aria-invalid") === "true");
  (first ?? boxes[0])?.focus();
}
