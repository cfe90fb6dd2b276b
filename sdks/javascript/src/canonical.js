/** Canonical text of byte strings (§3): path, query, and the parts put together. */

const PLAIN_PATH = /^[A-Za-z0-9\-._~/]*$/;
const PLAIN_QUERY = /^[A-Za-z0-9\-._~]*=[A-Za-z0-9\-._~]*(?:&[A-Za-z0-9\-._~]*=[A-Za-z0-9\-._~]*)*$/;
const RESERVED = /[^A-Za-z0-9\-._~]/g;
const RESERVED_IN_PATH = /[^A-Za-z0-9\-._~/]/g;
const ESCAPE = /%([0-9A-Fa-f]{2})/g;

const AMPERSAND = 0x26;
const EQUALS = 0x3d;

const ESCAPES = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`);

/**
 * The canonical request up to its last line, the payload.
 *
 * @param {string} method
 * @param {string} target path and query as on the wire
 * @param {string} headerBlock lines of `name:value`, each with its line feed
 * @param {string} signedNames joined with `;`
 * @returns {string}
 */
export function canonicalHead(method, target, headerBlock, signedNames) {
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  const query = question < 0 ? '' : target.slice(question + 1);
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${headerBlock}\n${signedNames}\n`;
}

/**
 * The text that is signed (§4.1).
 *
 * @param {string} token of the algorithm
 * @param {string} date value of X-Sdk-Date
 * @param {string} scope `DAY/REGION/SERVICE`, or empty
 * @param {string} digest of the canonical request, in hex
 * @returns {string}
 */
export function stringToSign(token, date, scope, digest) {
  return scope === '' ? `${token}\n${date}\n${digest}` : `${token}\n${date}\n${scope}\n${digest}`;
}

/**
 * Decoded once, encoded, with a slash at its end (§3.1).
 *
 * @param {string} path
 * @returns {string}
 */
export function canonicalPath(path) {
  const text = PLAIN_PATH.test(path) ? path : decode(path).replace(RESERVED_IN_PATH, escapeByte);
  return text.endsWith('/') ? text : `${text}/`;
}

/**
 * Pairs sorted by what they mean, then encoded; `=` stands even before an empty value (§3.2).
 *
 * @param {string} query without its question mark
 * @returns {string}
 */
export function canonicalQuery(query) {
  if (query === '' || (PLAIN_QUERY.test(query) && isAscending(query))) return query;
  const pairs = query
    .split('&')
    .filter((piece) => piece !== '')
    .map(toPair);
  return pairs
    .sort(comparePairs)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/**
 * By the first, then by the second; byte strings compare as their bytes do.
 *
 * @param {readonly [string, string]} one
 * @param {readonly [string, string]} other
 * @returns {number}
 */
export function comparePairs(one, other) {
  if (one[0] !== other[0]) return one[0] < other[0] ? -1 : 1;
  if (one[1] !== other[1]) return one[1] < other[1] ? -1 : 1;
  return 0;
}

/**
 * Whether the pairs stand in their order. Most clients send what they sign: then nothing is taken apart or copied.
 *
 * @param {string} query in which every pair has its `=` and nothing is escaped
 */
function isAscending(query) {
  let one = 0;
  let other = query.indexOf('&') + 1;
  while (other > 0) {
    if (isDescent(query, one, other)) return false;
    one = other;
    other = query.indexOf('&', one) + 1;
  }
  return true;
}

/**
 * @param {string} query
 * @param {number} one where a pair begins
 * @param {number} other where the next begins
 */
function isDescent(query, one, other) {
  let same = 0;
  while (one + same < other - 1 && query.charCodeAt(one + same) === query.charCodeAt(other + same)) same += 1;
  return rank(query.charCodeAt(one + same)) > rank(query.charCodeAt(other + same));
}

/** A text that ends sorts before a longer one: so do names, which end in `=`. @param {number} character */
const rank = (character) =>
  character === AMPERSAND || Number.isNaN(character) ? 0 : character === EQUALS ? 1 : character;

/**
 * @param {string} piece
 * @returns {[string, string]} halves at the first `=`
 */
function split(piece) {
  const equals = piece.indexOf('=');
  return equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
}

/**
 * @param {string} piece
 * @returns {[string, string]} what name and value mean
 */
function toPair(piece) {
  const [name, value] = split(piece);
  return [decode(name), decode(value)];
}

/** @param {string} text */
const decode = (text) => text.replace(ESCAPE, (_, digits) => String.fromCharCode(parseInt(digits, 16)));

/** @param {string} text */
const encode = (text) => text.replace(RESERVED, escapeByte);

/** @param {string} byte */
const escapeByte = (byte) => ESCAPES[byte.charCodeAt(0)];
