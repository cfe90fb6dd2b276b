/** Signed requests by node:http and node:https. */

import http from 'node:http';
import https from 'node:https';
import { Readable, pipeline } from 'node:stream';
import { toByteString } from './bytes.js';
import { Clock } from './clock.js';
import { UNSIGNED, toLines } from './request.js';

/**
 * What `http.request` takes, with the body, and headers in any form.
 *
 * @typedef {Omit<https.RequestOptions, 'headers'> & {
 *   headers?: import('./request.js').HeaderLines,
 *   body?: string | Uint8Array | Readable | null,
 * }} RequestOptions
 */

/**
 * Makes a function that signs and sends. Header values are text and go out as UTF-8. A stream as body needs
 * `unsignedPayload`, and cannot be sent again after the clock was corrected.
 *
 * @param {import('./clock.js').AnySigner} signer
 * @param {import('./clock.js').AdapterOptions} [options]
 * @returns {(url: string | URL, init?: RequestOptions) => Promise<http.IncomingMessage>} the answer, its body unread
 */
export function signingRequest(signer, options = {}) {
  const clock = new Clock(options);
  return async (url, { headers, body, ...init } = {}) => {
    const { href, target, lines } = toParts(new URL(url), init, headers);
    /** @type {import('./request.js').Payload | undefined} */
    const payload = options.unsignedPayload ? UNSIGNED : requireBytes(body);
    const attempt = async () => {
      /** @type {import('./request.js').RequestToSign} */
      const toSign = { method: init.method ?? 'GET', target, headers: lines, body: payload };
      const added = await signer.sign(toSign, clock.now());
      return send(href, { ...init, headers: toHeaders([...lines, ...added]) }, body);
    };
    const answer = await attempt();
    if (!clock.learn(answer.statusCode ?? 0, answer.headers.date) || body instanceof Readable) return answer;
    answer.resume();
    return attempt();
  };
}

/**
 * @param {URL} url
 * @param {https.RequestOptions} init
 * @param {import('./request.js').HeaderLines | undefined} headers
 */
function toParts(url, init, headers) {
  const lines = toLines(headers);
  if (!lines.some(([name]) => name.toLowerCase() === 'host')) lines.push(['Host', url.host]);
  return { href: url.href, target: init.path ?? url.pathname + url.search, lines };
}

/**
 * @param {RequestOptions['body']} body
 * @returns {string | Uint8Array | null | undefined}
 */
function requireBytes(body) {
  if (body instanceof Readable) {
    throw new TypeError('a stream cannot be signed: give the bytes, or set unsignedPayload');
  }
  return body;
}

/**
 * @param {readonly (readonly [string, string])[]} lines
 * @returns {http.OutgoingHttpHeaders} the same, in bytes
 */
function toHeaders(lines) {
  /** @type {Map<string, { name: string, values: string[] }>} */
  const headers = new Map();
  for (const [name, value] of lines) {
    const same = headers.get(name.toLowerCase());
    if (same === undefined) headers.set(name.toLowerCase(), { name, values: [toByteString(value)] });
    else same.values.push(toByteString(value));
  }
  // Node takes no list for Host.
  return Object.fromEntries(
    Array.from(headers.values(), ({ name, values }) => [name, values.length > 1 ? values : values[0]]),
  );
}

/**
 * @param {string} url
 * @param {https.RequestOptions} init
 * @param {RequestOptions['body']} body
 * @returns {Promise<http.IncomingMessage>}
 */
function send(url, init, body) {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const sent = request(url, init).on('response', resolve).on('error', reject);
    // When the stream fails, so does the request.
    if (body instanceof Readable) pipeline(body, sent, () => {});
    else sent.end(body ?? '');
  });
}
