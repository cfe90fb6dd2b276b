/** The grammar of the Authorization header (§2). */

import { ALGORITHMS } from './algorithms.js';
import { trimBlanks } from './bytes.js';
import { VerificationError } from './errors.js';

/**
 * @typedef {object} Authorization
 * @property {import('./algorithms.js').Algorithm} algorithm
 * @property {string} accessKey
 * @property {string} scope `DAY/REGION/SERVICE` of a scoped algorithm, else empty
 * @property {string[]} signedNames in the order given
 * @property {string} signature in hex
 */

const FAMILY = /^(?:SDK|V11)-/i;
const VISIBLE = /^[\x21-\x7e]*$/;
const SCOPE = /^[^/]+\/[^/]+\/[^/]+$/;
const LOWER_TOKEN = /^[a-z0-9!#$%&'*+\-.^_`|~]+$/;
const CODE = /^[0-9a-f]{64}$/;
/** A DER sequence of two integers, with room for long-form lengths. */
const DER = /^(?:[0-9a-f]{2}){0,80}$/;
const SIGNED_NAMES_MAX = 100;

/**
 * @param {string | undefined} header its value as a byte string
 * @returns {Authorization}
 * @throws {VerificationError} `MissingAuthorization`, `UnsupportedAlgorithm`, `MissingAccessKey`,
 *   `MalformedAuthorization`
 */
export function parseAuthorization(header) {
  const [token, parameters] = splitAtBlank(header ?? '');
  if (!FAMILY.test(token)) {
    throw new VerificationError('MissingAuthorization', 'the request carries no signature of this protocol; sign it');
  }
  const algorithm = ALGORITHMS.get(token);
  if (algorithm === undefined) {
    throw new VerificationError(
      'UnsupportedAlgorithm',
      'the algorithm of the signature is unknown; use SDK-HMAC-SHA256',
    );
  }
  const parts = parameters.split(',').map(trimBlanks);
  const { accessKey, scope } = toKey(algorithm, parts[0]);
  const names = parameter(parts[1], 'SignedHeaders=') ?? malformed('SignedHeaders is missing or out of place');
  const signature = parameter(parts[2], 'Signature=') ?? malformed('Signature is missing or out of place');
  if (parts.length > 3) malformed('something follows the signature');
  if (accessKey === '') missingAccessKey();
  if (!VISIBLE.test(accessKey) || !VISIBLE.test(scope)) malformed('access key or scope is not visible ASCII');
  if (!(algorithm.isCode ? CODE : DER).test(signature)) malformed('the signature is not lower-case hex of its length');
  return { algorithm, accessKey, scope, signedNames: toNames(names), signature };
}

/**
 * @param {string} reason
 * @returns {never}
 * @throws {VerificationError} `MalformedAuthorization`
 */
export function malformed(reason) {
  throw new VerificationError('MalformedAuthorization', `the signature cannot be read: ${reason}`);
}

/** @returns {never} */
function missingAccessKey() {
  throw new VerificationError('MissingAccessKey', 'Access or Credential is empty in Authorization');
}

/**
 * @param {string} text
 * @returns {[string, string]} the first word and the rest
 */
function splitAtBlank(text) {
  const end = text.search(/[ \t]/);
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
}

/**
 * @param {string | undefined} part
 * @param {string} keyword
 */
const parameter = (part, keyword) => (part?.startsWith(keyword) ? part.slice(keyword.length) : undefined);

/**
 * @param {import('./algorithms.js').Algorithm} algorithm
 * @param {string} part
 */
function toKey({ isScoped }, part) {
  const text = parameter(part, isScoped ? 'Credential=' : 'Access=') ?? missingAccessKey();
  if (!isScoped) return { accessKey: text, scope: '' };
  const slash = text.indexOf('/');
  const scope = text.slice(slash + 1);
  if (slash < 0 || !SCOPE.test(scope)) malformed('Credential is not key/day/region/service');
  return { accessKey: text.slice(0, slash), scope };
}

/** @param {string} list */
function toNames(list) {
  const names = list.split(';');
  if (names.length > SIGNED_NAMES_MAX) malformed('SignedHeaders has too many names');
  if (!names.every((name) => LOWER_TOKEN.test(name))) malformed('SignedHeaders has a name that is not in lower case');
  if (names.includes('authorization')) malformed('authorization cannot sign itself');
  if (!names.includes('x-sdk-date')) malformed('SignedHeaders does not name x-sdk-date');
  if (new Set(names).size < names.length) malformed('SignedHeaders names a header twice');
  return names;
}
