/** Middleware for Express and whatever else calls `(request, response, next)`, plain node:http too. */

import { BODY_BYTES_MAX, checkLength, readBody, toAnswer } from './guard.js';

/**
 * @typedef {import('node:http').IncomingMessage & { originalUrl?: string, body?: unknown, accessKey?: string }} GuardedRequest
 */

/**
 * Lets through what is signed with a known key. The handlers behind it find the access key in `request.accessKey`, and
 * the bytes of the body in `request.body`, as after `express.raw()`; so it stands before any parser of bodies.
 *
 * @param {import('./verifier.js').Verifier} verifier
 * @param {import('./guard.js').GuardOptions} [options]
 * @returns {(request: GuardedRequest, response: import('node:http').ServerResponse, next: (error?: unknown) => void) => Promise<void>}
 */
export function guard(verifier, { bodyBytesMax = BODY_BYTES_MAX } = {}) {
  return async (request, response, next) => {
    try {
      const claim = verifier.claim(toHead(request));
      checkLength(request.headers['content-length'], bodyBytesMax);
      const body = await readBody(request, bodyBytesMax);
      request.accessKey = claim.finish(body);
      request.body = Buffer.from(body.buffer);
    } catch (error) {
      return refuse(error, response, next);
    }
    next();
  };
}

/**
 * Routers cut their prefix off `url`; what was signed is the original.
 *
 * @param {GuardedRequest} request
 */
function toHead({ method, url, originalUrl, rawHeaders }) {
  /** @type {[string, string][]} */
  const headers = [];
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i], rawHeaders[i + 1]]);
  return { method, target: originalUrl ?? url ?? '/', headers };
}

/**
 * The connection is closed, because the rest of a refused body may be endless.
 *
 * @param {unknown} error
 * @param {import('node:http').ServerResponse} response
 * @param {(error?: unknown) => void} next
 */
function refuse(error, response, next) {
  try {
    const { status, body } = toAnswer(error);
    response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' }).end(body);
  } catch (fault) {
    next(fault);
  }
}
