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

/** A line of the header block: name in lower case and trimmed value, as byte strings. @typedef {[string, string]} Line */

/**
 * @typedef {object} HeaderName
 * @property {string} lower
 * @property {boolean} isSigned
 * @property {boolean} isReserved
 * @property {boolean} isHost
 */

/** @type {Map<string, HeaderName>} */
const seen = new Map();
const SEEN_MAX = 256;

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
    throw new SigningError(
      'BadTarget',
      'the target is path and query: it begins with /, and blanks are encoded as %20',
    );
  }
}

/**
 * The lines to sign, in the order of the header block.
 *
 * @param {readonly (readonly [string, string])[]} given by the caller
 * @param {readonly Line[]} added by the signer
 * @returns {Line[]}
 * @throws {SigningError} `BadHeader`, `TakenHeader`, `MissingHost`
 */
export function signedLines(given, added) {
  const lines = added.slice();
  /** @type {string[]} */
  const blank = [];
  let hasHost = false;
  for (const [name, value] of given) {
    const known = about(name);
    const line = toLineValue(value);
    if (known === undefined || line === undefined) {
      throw new SigningError('BadHeader', `the header ${JSON.stringify(name)} cannot be sent: check its characters`);
    }
    if (known.isReserved || (known.isHost && hasHost) || stands(known.lower, added)) {
      throw new SigningError('TakenHeader', `leave out the header ${name}: the signer adds it, or it stands twice`);
    }
    hasHost ||= known.isHost;
    if (line === '') blank.push(known.lower);
    else if (known.isSigned) lines.push([known.lower, line]);
  }
  if (!hasHost || blank.includes('host')) {
    throw new SigningError('MissingHost', 'give the Host header: without it the signature would hold for any host');
  }
  return withoutNames(blank, lines).sort(comparePairs);
}

/**
 * Who verifies a name walks all its lines, so that one blank line leaves out the others.
 *
 * @param {string[]} names
 * @param {Line[]} lines
 */
function withoutNames(names, lines) {
  if (names.length === 0) return lines;
  const out = new Set(names);
  return lines.filter(([name]) => !out.has(name));
}

/**
 * Names are few and come again, so that what was found out about one is kept.
 *
 * @param {string} name
 * @returns {HeaderName | undefined} undefined if it is no header name
 */
function about(name) {
  const known = seen.get(name);
  if (known !== undefined || !TOKEN.test(name)) return known;
  const lower = name.toLowerCase();
  const isSigned = !lower.includes('_') && !REWRITTEN.has(lower);
  const found = { lower, isSigned, isReserved: RESERVED.has(lower), isHost: lower === 'host' };
  if (seen.size < SEEN_MAX) seen.set(name, found);
  return found;
}

/**
 * @param {string} name
 * @param {readonly Line[]} lines
 */
const stands = (name, lines) => lines.some(([own]) => own === name);

/**
 * @param {string} value
 * @returns {string | undefined} the value of a line; undefined if it cannot be sent
 */
export function toLineValue(value) {
  if (PLAIN_VALUE.test(value)) return value;
  return VALUE.test(value) ? trimBlanks(toByteString(value)) : undefined;
}
