/** A guard around a fetch-style handler: a function from `Request` to `Response`. */

import { BODY_BYTES_MAX, checkLength, readBody, toAnswer } from './guard.js';

/**
 * @template {unknown[]} Rest
 * @typedef {(request: Request, ...rest: Rest) => Response | Promise<Response>} Handler
 */

/** @type {WeakMap<Request, string>} */
const accessKeys = new WeakMap();

/**
 * @param {Request} request that came through a guard
 * @returns {string | undefined} the access key that signed it
 */
export const accessKeyOf = (request) => accessKeys.get(request);

/**
 * Lets through what is signed with a known key. The handler is given a request whose body is complete and verified, and
 * whatever else the runtime passes.
 *
 * `Headers` joins lines of one name with commas: a header that must be single is refused then by its grammar, and a
 * signature over several lines of one name does not match.
 *
 * @template {unknown[]} Rest
 * @param {Handler<Rest>} handler
 * @param {import('./verifier.js').Verifier} verifier
 * @param {import('./guard.js').GuardOptions} [options]
 * @returns {Handler<Rest>}
 */
export function guard(handler, verifier, { bodyBytesMax = BODY_BYTES_MAX } = {}) {
  return async (request, ...rest) => {
    let verified;
    try {
      verified = await verify(request, verifier, bodyBytesMax);
    } catch (error) {
      const { status, body } = toAnswer(error);
      return new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
    }
    return handler(verified, ...rest);
  };
}

/**
 * @param {Request} request
 * @param {import('./verifier.js').Verifier} verifier
 * @param {number} bodyBytesMax
 * @returns {Promise<Request>} the same with its body at hand
 */
async function verify(request, verifier, bodyBytesMax) {
  const { method, url, headers } = request;
  const claim = verifier.claim({ method, url, headers });
  checkLength(headers.get('content-length'), bodyBytesMax);
  const body = request.body === null ? new Uint8Array() : await readBody(chunksOf(request.body), bodyBytesMax);
  const accessKey = claim.finish(body);
  const verified = request.body === null ? request : new Request(request, { body });
  accessKeys.set(verified, accessKey);
  return verified;
}

/**
 * Not every runtime's streams can be iterated.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel();
  }
}
