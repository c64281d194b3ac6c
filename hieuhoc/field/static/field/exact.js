// Decimal numbers without rounding, as whole numbers of 10⁻²⁰: points must never reach a mark by a fault of floats.

const PLACES = 20;
const ONE = 10n ** BigInt(PLACES);

/**
 * The exact number of what is written: 8, 7.5, "0.1", 1e-7. Null for what is no number.
 * @param {unknown} written
 * @returns {bigint|null}
 */
export function exact(written) {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(written).trim());
  if (found === null) return null;
  const [, sign, whole, part = "", power = "0"] = found;
  const shift = PLACES - part.length + Number(power);
  if (shift < 0 || shift > 60) return null;
  const size = BigInt(whole + part) * 10n ** BigInt(shift);
  return sign ? -size : size;
}

/**
 * The number in plain writing, "7.5".
 * @param {bigint} number
 */
export function plain(number) {
  const size = number < 0n ? -number : number;
  const part = (size % ONE).toString().padStart(PLACES, "0").replace(/0+$/, "");
  return `${number < 0n ? "-" : ""}${size / ONE}${part ? "." + part : ""}`;
}

/**
 * The number as Vietnamese write it, "1.234,5".
 * @param {bigint} number
 */
export function shown(number) {
  const [whole, part] = plain(number).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return part ? `${grouped},${part}` : grouped;
}

/**
 * Points in proportion, cut to a hundredth: never rounded up to a floor or a mark.
 * @param {bigint} worth @param {bigint} size @param {bigint} mark
 */
export function proportion(worth, size, mark) {
  const cent = ONE / 100n;
  return ((worth * size) / mark / cent) * cent;
}
