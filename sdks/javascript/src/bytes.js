/**
 * Byte strings: text in which each character is one byte (U+0000 to U+00FF). All canonical text is kept so, because then
 * characters sort as bytes do, and bytes that are no text survive.
 */

const ASCII = /^[\x00-\x7f]*$/;
const CHUNK_LENGTH = 8192;

/**
 * @param {string} text
 * @returns {string} its UTF-8 bytes
 */
export function toByteString(text) {
  return ASCII.test(text) ? text : fromBytes(new TextEncoder().encode(text));
}

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function fromBytes(bytes) {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK_LENGTH) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK_LENGTH));
  }
  return text;
}

/**
 * @param {string} byteString
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function toBytes(byteString) {
  const bytes = new Uint8Array(byteString.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = byteString.charCodeAt(i);
  return bytes;
}

/**
 * @param {string} byteString
 * @returns {string} the text meant, for people; bytes that are not UTF-8 become U+FFFD
 */
export function toText(byteString) {
  return ASCII.test(byteString) ? byteString : new TextDecoder().decode(toBytes(byteString));
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} lower-case hex
 */
export function toHex(bytes) {
  let digits = '';
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  return digits;
}

/**
 * Without surrounding spaces and tabs. Not `trim`, which takes other characters too, and no pattern, which would take
 * quadratic time on blanks inside.
 *
 * @param {string} text
 * @returns {string}
 */
export function trimBlanks(text) {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (start < end && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return end - start === text.length ? text : text.slice(start, end);
}

/** @param {number} character */
const isBlank = (character) => character === 0x20 || character === 0x09;
