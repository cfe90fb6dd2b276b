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
      const body = await readBody(request.iterator({ destroyOnReturn: false }), bodyBytesMax);
      request.accessKey = claim.finish(body);
      request.body = Buffer.from(body.buffer);
    } catch (error) {
      return refuse(error, request, response, next);
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
 * The rest of a refused body is read and forgotten, because a client that is still sending sees no answer.
 *
 * @param {unknown} error
 * @param {GuardedRequest} request
 * @param {import('node:http').ServerResponse} response
 * @param {(error?: unknown) => void} next
 */
function refuse(error, request, response, next) {
  const answer = toAnswer(error);
  if (answer === undefined) return next(error);
  request.resume();
  response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
}
