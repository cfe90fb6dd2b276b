/** What a request may look like on the wire, and which of its headers are signed (§7.2 to §7.4). */

import { toByteString, trimBlanks } from './bytes.js';
import { comparePairs } from './canonical.js';
import { SigningError } from './errors.js';

/** Names that intermediaries add, drop or rewrite: a signature over them would not survive the way. */
const REWRITTEN = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Names that only the signer may add. */
const RESERVED = new Set(['authorization', 'x-sdk-date', 'x-sdk-content-sha256', 'x-sdk-content-sm3']);

const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const TARGET = /^\/[^\x00-\x20\x7f]*$/;
/** Most values: nothing to check, to encode or to trim. */
const PLAIN_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const VALUE = /^[^\x00-\x08\x0a-\x1f\x7f]*$/;

/**
 * @param {string} method
 * @param {string} target
 * @throws {SigningError} `BadMethod`, `BadTarget`
 */
export function checkRequestLine(method, target) {
  if (!TOKEN.test(method)) {
    throw new SigningError('BadMethod', 'the method is not a token such as GET; letters and no blanks are expected');
  }
  if (!TARGET.test(target)) {
    throw new SigningError('BadTarget', 'the target is path and query: it begins with /, and blanks are encoded as %20');
  }
}

/**
 * @param {string} value
 * @returns {boolean} whether it can stand in a header without breaking its line
 */
export const isHeaderValue = (value) => VALUE.test(value);

/**
 * The lines to sign: names in lower case, values trimmed, both as byte strings, in the order of the header block.
 *
 * @param {readonly (readonly [string, string])[]} given by the caller
 * @param {readonly (readonly [string, string])[]} added by the signer
 * @returns {[string, string][]}
 * @throws {SigningError} `BadHeader`, `TakenHeader`, `MissingHost`
 */
export function signedLines(given, added) {
  /** @type {[string, string][]} */
  const lines = [];
  for (const [name, value] of added) lines.push([name.toLowerCase(), toLineValue(value)]);
  let hasHost = false;
  for (const [name, value] of given) {
    checkLine(name, value);
    const lower = name.toLowerCase();
    const isHost = lower === 'host';
    if (RESERVED.has(lower) || (isHost && hasHost) || stands(lower, lines, added.length)) {
      throw new SigningError('TakenHeader', `leave out the header ${name}: the signer adds it, or it stands twice`);
    }
    const line = toLineValue(value);
    if (line === '' || lower.includes('_') || REWRITTEN.has(lower)) continue;
    hasHost ||= isHost;
    lines.push([lower, line]);
  }
  if (!hasHost) {
    throw new SigningError('MissingHost', 'give the Host header: without it the signature would hold for any host');
  }
  return lines.sort(comparePairs);
}

/**
 * @param {string} name
 * @param {[string, string][]} lines
 * @param {number} count
 * @returns {boolean} whether one of the first lines has that name
 */
function stands(name, lines, count) {
  for (let i = 0; i < count; i += 1) if (lines[i][0] === name) return true;
  return false;
}

/** @param {string} value */
const toLineValue = (value) => (PLAIN_VALUE.test(value) ? value : trimBlanks(toByteString(value)));

/**
 * @param {string} name
 * @param {string} value
 */
function checkLine(name, value) {
  if (TOKEN.test(name) && (PLAIN_VALUE.test(value) || isHeaderValue(value))) return;
  throw new SigningError('BadHeader', `the header ${JSON.stringify(name)} cannot be sent: check its characters`);
}
