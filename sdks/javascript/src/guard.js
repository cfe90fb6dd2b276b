/** What all middleware does: reads bodies within a bound, and answers refusals. */

import { VerificationError } from './errors.js';

/**
 * @typedef {object} GuardOptions
 * @property {number} [bodyBytesMax] longest body, in bytes; 12 MiB if not given
 */

export const BODY_BYTES_MAX = 12 * 1024 * 1024;

/**
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {number} bytesMax
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {VerificationError} `BodyTooLong`, `BodyIncomplete`
 */
export async function readBody(chunks, bytesMax) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > bytesMax) throw tooLong(bytesMax);
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof VerificationError) throw error;
    throw new VerificationError('BodyIncomplete', 'the body broke off; send all of it');
  }
  return join(parts, length);
}

/**
 * Refuses a body whose length the head tells, before any of it is read.
 *
 * @param {string | null | undefined} contentLength
 * @param {number} bytesMax
 * @throws {VerificationError} `BodyTooLong`
 */
export function checkLength(contentLength, bytesMax) {
  if (Number(contentLength ?? 0) > bytesMax) throw tooLong(bytesMax);
}

/**
 * @param {unknown} error
 * @returns {{ status: number, body: string } | undefined} the answer as JSON, which repeats neither keys nor signatures;
 *   undefined if the error is no refusal
 */
export function toAnswer(error) {
  if (!(error instanceof VerificationError)) return undefined;
  return { status: error.status, body: JSON.stringify({ error_code: error.code, error_msg: error.message }) };
}

/** @param {number} bytesMax */
const tooLong = (bytesMax) => new VerificationError('BodyTooLong', `at most ${bytesMax} bytes are accepted here`);

/**
 * @param {Uint8Array[]} parts
 * @param {number} length
 */
function join(parts, length) {
  const whole = new Uint8Array(length);
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
