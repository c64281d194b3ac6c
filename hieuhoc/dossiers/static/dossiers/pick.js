// Choosing rows of a list for one act on many: the whole page with one box, all that the filters find with another.

const bar = document.querySelector("[data-bulk]");
const whole = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-page]"));
const all = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-all]"));
const ones = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[data-one]")]);
const told = document.querySelector("[data-picked]");

/** Say how many are chosen, and keep the boxes in step with each other. */
function tell() {
  const chosen = ones.filter((box) => box.checked).length;
  if (whole) {
    whole.checked = chosen === ones.length && chosen > 0;
    whole.indeterminate = chosen > 0 && chosen < ones.length;
  }
  for (const box of ones) box.disabled = Boolean(all?.checked);
  if (whole) whole.disabled = Boolean(all?.checked);
  if (told) told.textContent = all?.checked || !chosen ? "" : `Đã chọn ${chosen} mục trên trang này.`;
}

if (bar) {
  whole?.addEventListener("change", () => {
    for (const box of ones) box.checked = whole.checked;
    tell();
  });
  for (const box of [...ones, all]) box?.addEventListener("change", tell);
  tell();
}
