// Ids made on the phone: UUIDv7, so that they sort by the moment they were made.

/**
 * A new UUIDv7.
 * @param {number} now milliseconds since 1970
 * @param {Uint8Array} random ten random bytes
 */
export function uuid7(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))) {
  const bytes = new Uint8Array(16);
  for (let at = 5, rest = now; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  bytes.set(random, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The moment with the phone's own offset, "2026-11-20T08:12:03+07:00": shown to people, never used to order. */
export function clock(now = new Date()) {
  const shift = -now.getTimezoneOffset();
  const sign = shift < 0 ? "-" : "+";
  const two = (/** @type {number} */ n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const local = new Date(now.getTime() + shift * 60_000).toISOString().slice(0, 19);
  return `${local}${sign}${two(shift / 60)}:${two(shift % 60)}`;
}
