// Filters of a list: a changed choice filters at once; a list already in the page is filtered while typing.

/** Small letters without marks, đ as d: the same rule as hieuhoc.common.text.fold. @param {string} text */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

for (const form of document.querySelectorAll("form[data-filters]")) {
  form.addEventListener("change", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (at.matches("select, [type=checkbox], [type=radio]")) /** @type {HTMLFormElement} */ (form).requestSubmit();
  });
}

for (const input of document.querySelectorAll("input[data-narrow]")) {
  const box = /** @type {HTMLInputElement} */ (input);
  const rows = document.querySelectorAll(`${box.dataset.narrow} tbody tr`);
  const texts = [...rows].map((row) => fold(row.textContent ?? ""));
  box.addEventListener("input", () => {
    const wanted = fold(box.value).split(/\s+/).filter(Boolean);
    rows.forEach((row, at) => row.toggleAttribute("hidden", !wanted.every((word) => texts[at].includes(word))));
  });
}
