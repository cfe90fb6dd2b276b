/** A guard around a fetch-style handler: a function from `Request` to `Response`. */

import { BODY_BYTES_MAX, checkLength, readBody, toAnswer } from './guard.js';
import { SINGLE } from './verifier.js';

const NEXT_SIGNATURE = /,(?=\s*(?:SDK|V11)-)/i;

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
 * `Headers` joins lines of one name with commas, so that a signature over several lines of one name does not match.
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
      const answer = toAnswer(error);
      if (answer === undefined) throw error;
      return new Response(answer.body, { status: answer.status, headers: { 'Content-Type': 'application/json' } });
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
  const { method, url } = request;
  const claim = verifier.claim({ method, url, headers: toLines(request.headers, verifier.header) });
  checkLength(request.headers.get('content-length'), bodyBytesMax);
  const body = request.body === null ? new Uint8Array() : await readBody(chunksOf(request.body), bodyBytesMax);
  const accessKey = claim.finish(body);
  const verified = request.body === null ? request : new Request(request, { body });
  accessKeys.set(verified, accessKey);
  return verified;
}

/**
 * Headers that must be single have no comma in them, and a signature has nothing after it: what was joined is taken
 * apart again, so that the verifier sees what stands twice.
 *
 * @param {Headers} headers
 * @param {string} carrier name of the header that carries the signature
 * @returns {[string, string][]}
 */
function toLines(headers, carrier) {
  return Array.from(headers).flatMap(([name, value]) => {
    const lines = SINGLE.includes(name) ? value.split(',') : name === carrier ? value.split(NEXT_SIGNATURE) : [value];
    return lines.map((line) => /** @type {[string, string]} */ ([name, line]));
  });
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
