// A photo from the camera, made small on the phone: at most 300 KB, drawn anew so that place and maker are gone.

const MOST = 300 * 1024;

/**
 * The photo as it will be sent, with its fingerprint. Throws with a sentence where the phone cannot read it.
 * @param {Blob} file
 * @returns {Promise<{blob: Blob, sha256: string}>}
 */
export async function reduce(file) {
  const picture = await decode(file);
  for (const side of [1600, 1280, 1024, 800, 640]) {
    for (const quality of [0.8, 0.65, 0.5]) {
      const blob = await draw(picture, side, quality);
      if (blob && blob.size <= MOST) return { blob, sha256: await fingerprint(blob) };
    }
  }
  throw new Error("Ảnh này không thu nhỏ được. Chụp lại ảnh khác.");
}

/** @param {Blob} file @returns {Promise<ImageBitmap>} */
async function decode(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Error("Máy không đọc được ảnh này. Chụp lại hoặc chọn ảnh khác.");
  }
}

/** @param {ImageBitmap} picture @param {number} side @param {number} quality @returns {Promise<Blob|null>} */
function draw(picture, side, quality) {
  const part = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * part));
  canvas.height = Math.max(1, Math.round(picture.height * part));
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** @param {Blob} blob */
async function fingerprint(blob) {
  const hash = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
