// The PIN of a box on a shared phone. It locks the page; it does not encrypt what lies on the phone, and says so.

/** @typedef {import("./types.js").Pin} Pin */

const ROUNDS = 150_000;
const FREE = 5;
/** Locked after so long hidden or untouched. */
export const IDLE = 5 * 60_000;

/** @param {string} digits */
export const isPin = (digits) => /^\d{4,6}$/.test(digits);

/** @param {string} digits @returns {Promise<Pin>} */
export async function makePin(digits) {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  return { salt, hash: await stretch(digits, salt, ROUNDS), rounds: ROUNDS, wrong: 0, until: 0 };
}

/**
 * Whether the digits open it, and the PIN as it has to be kept now; after five wrong tries the wait grows.
 * @param {Pin} pin @param {string} digits
 * @returns {Promise<{opens: boolean, pin: Pin}>}
 */
export async function tryPin(pin, digits, now = Date.now()) {
  if (now < pin.until) return { opens: false, pin };
  if ((await stretch(digits, pin.salt, pin.rounds)) === pin.hash) return { opens: true, pin: { ...pin, wrong: 0, until: 0 } };
  const wrong = pin.wrong + 1;
  const until = wrong < FREE ? 0 : now + Math.min(30_000 * 2 ** (wrong - FREE), 3_600_000);
  return { opens: false, pin: { ...pin, wrong, until } };
}

/** @param {string} digits @param {string} salt @param {number} rounds */
async function stretch(digits, salt, rounds) {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", text.encode(digits), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: text.encode(salt), iterations: rounds };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)));
}

/** @param {Uint8Array} bytes */
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
