// Drop zones: drag a file in, see its name and size, hear at once when it is too large.

/** @param {number} bytes */
const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);

/** @param {HTMLElement} zone */
function setUp(zone) {
  const input = /** @type {HTMLInputElement | null} */ (zone.querySelector("input[type=file]"));
  const list = zone.querySelector(".hh-drop-files");
  if (!input || !list) return;
  const limit = Number(zone.dataset.maxMb || 20) * 1048576;
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, () => zone.classList.add("is-over"));
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("is-over"));
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    const large = files.find((file) => file.size > limit);
    input.setCustomValidity(large ? `Tệp ${large.name} lớn hơn ${zone.dataset.maxMb} MB. Chia tệp thành nhiều phần rồi chọn lại.` : "");
    list.replaceChildren(...files.map(line));
    if (large) input.reportValidity();
  });
}

/** @param {File} file */
function line(file) {
  const item = document.createElement("li");
  item.textContent = `${file.name} (${size(file.size)})`;
  return item;
}

for (const zone of document.querySelectorAll("[data-drop]")) setUp(/** @type {HTMLElement} */ (zone));
