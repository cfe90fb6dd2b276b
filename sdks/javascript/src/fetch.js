/** A `fetch` that signs. */

import { toByteString, toBytes } from './bytes.js';
import { Clock } from './clock.js';
import { SigningError } from './errors.js';
import { UNSIGNED, toLines } from './request.js';

/** @typedef {import('./clock.js').AdapterOptions & { fetch?: typeof globalThis.fetch }} FetchOptions */

/**
 * Wraps `fetch`. The host is that of the URL: platforms let nobody name another. Header values are text and go out as UTF-8. Bodies are read into memory to be signed, unless
 * `unsignedPayload` is set; then a stream cannot be sent again after the clock was corrected.
 *
 * @param {import('./clock.js').AnySigner} signer
 * @param {FetchOptions} [options]
 * @returns {typeof globalThis.fetch} it throws a `SigningError` when the request cannot be signed as it is
 */
export function signingFetch(signer, options = {}) {
  const clock = new Clock(options);
  const send = options.fetch ?? globalThis.fetch;
  return async (input, init) => {
    const request = new Request(input, withByteHeaders(init));
    /** @type {Uint8Array<ArrayBuffer> | typeof UNSIGNED} */
    const body = options.unsignedPayload ? UNSIGNED : new Uint8Array(await request.arrayBuffer());
    const isStream = body === UNSIGNED && request.body !== null;
    const attempt = async () => send(await signed(signer, request, body, clock.now()));
    const response = await attempt();
    if (!clock.learn(response.status, response.headers.get('date')) || isStream) return response;
    await response.body?.cancel();
    return attempt();
  };
}

/**
 * @param {import('./clock.js').AnySigner} signer
 * @param {Request} request
 * @param {Uint8Array<ArrayBuffer> | typeof UNSIGNED} body
 * @param {Date} now
 */
async function signed(signer, request, body, now) {
  const headers = new Headers(request.headers);
  dropHost(headers, request.url);
  const given = Array.from(headers, ([name, value]) => /** @type {const} */ ([name, toHeaderText(name, value)]));
  /** @type {import('./request.js').RequestToSign} */
  const toSign = { method: request.method, url: request.url, headers: given, body };
  for (const [name, value] of await signer.sign(toSign, now)) headers.set(name, toByteString(value));
  return new Request(request, body === UNSIGNED || body.length === 0 ? { headers } : { headers, body });
}

/**
 * @param {Headers} headers
 * @param {string} url
 */
function dropHost(headers, url) {
  const host = headers.get('host') ?? '';
  if (host !== '' && host !== new URL(url).host) {
    throw new SigningError('BadHeader', 'fetch sends the host of its URL; leave Host out, or use countersign/http');
  }
  headers.delete('host');
}

/**
 * Plain header values are text; those of `Headers` and `Request` are bytes already.
 *
 * @param {RequestInit | undefined} init
 * @returns {RequestInit | undefined}
 */
function withByteHeaders(init) {
  if (init?.headers === undefined || init.headers instanceof Headers) return init;
  return { ...init, headers: toLines(init.headers).map(([name, value]) => [name, toByteString(value)]) };
}

/**
 * @param {string} name
 * @param {string} value as a byte string
 * @returns {string} the text that the signer takes
 */
function toHeaderText(name, value) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(toBytes(value));
  } catch {
    throw new SigningError('BadHeader', `the header ${name} is not UTF-8; give it as plain text instead of Headers`);
  }
}
