/** What callers give as a request, and what is made of it. */

import { SigningError } from './errors.js';

/** Given as a body: the signature leaves the body out, and says so. */
export const UNSIGNED = Symbol('UNSIGNED-PAYLOAD');

/**
 * Header lines: pairs (an array, `Headers`, a `Map`), or an object whose arrays are several lines of one name.
 *
 * @typedef {Iterable<readonly [string, string]> | Readonly<Record<string, HeaderValue>>} HeaderLines
 */

/** @typedef {string | number | readonly string[] | null | undefined} HeaderValue */

/** What a body is given as; text counts as UTF-8. @typedef {string | Uint8Array | ArrayBuffer | null} Body */

/** @typedef {Body | typeof UNSIGNED} Payload */

/**
 * A request exactly as it will be sent, or as it arrived.
 *
 * @typedef {object} HttpRequest
 * @property {string} [method] `GET` if not given
 * @property {string | URL} [url] absolute; its host is the Host header if the header lines have none
 * @property {string} [target] instead of `url`: path and query as they stand on the wire
 * @property {HeaderLines} [headers]
 * @property {Body} [body]
 */

/** @typedef {Omit<HttpRequest, 'body'> & { body?: Payload }} RequestToSign */

/**
 * @typedef {object} Head
 * @property {string} method
 * @property {string} target
 * @property {[string, string][]} lines
 */

/**
 * @param {RequestToSign} request
 * @returns {Head}
 * @throws {SigningError} `BadTarget` when `url` is not absolute, or there is neither `url` nor `target`
 */
export function toHead({ method = 'GET', url, target, headers }) {
  const lines = toLines(headers);
  if (target !== undefined) return { method, target, lines };
  const { pathname, search, host } = parseUrl(url);
  if (!lines.some(([name]) => name.toLowerCase() === 'host')) lines.push(['Host', host]);
  return { method, target: pathname + search, lines };
}

/**
 * @param {HeaderLines} [headers]
 * @returns {[string, string][]} one pair a line; names without value are left out
 */
export function toLines(headers = []) {
  /** @type {[string, string][]} */
  const lines = [];
  if (isPairs(headers)) {
    for (const [name, value] of headers) lines.push([name, value]);
    return lines;
  }
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (Array.isArray(value)) for (const line of value) lines.push([name, line]);
    else if (value !== undefined && value !== null) lines.push([name, String(value)]);
  }
  return lines;
}

/**
 * @param {Body} [body]
 * @returns {Uint8Array | string} empty for none
 */
export function toPayload(body) {
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return body ?? '';
}

/**
 * @param {HeaderLines} headers
 * @returns {headers is Iterable<readonly [string, string]>}
 */
const isPairs = (headers) => Symbol.iterator in headers;

/** @param {string | URL | undefined} url */
function parseUrl(url) {
  if (url instanceof URL) return url;
  try {
    return new URL(url ?? '');
  } catch {
    throw new SigningError('BadTarget', 'give an absolute url, or as target the path and query beginning with /');
  }
}
