/** Verification for backends (§5). */

import { DEFAULT_ALGORITHM, ALGORITHMS } from './algorithms.js';
import { malformed, parseAuthorization } from './authorization.js';
import { trimBlanks } from './bytes.js';
import { Claim } from './claim.js';
import { VerificationError } from './errors.js';
import { isAvailable } from './node-crypto.js';
import { toHead } from './request.js';
import { SKEW_MILLISECONDS_MAX, parseBasic, toBasic } from './time.js';

/**
 * @typedef {object} VerifierOptions
 * @property {Keys} keys
 * @property {readonly string[]} [algorithms] accepted; `SDK-HMAC-SHA256` alone if not given
 * @property {boolean} [unsignedPayload] whether signatures may leave the body out; yes if not given
 * @property {string} [header] that carries the signature; `Authorization` if not given
 */

/**
 * Access keys and their secret keys, or a function from the one to the other. They are looked up for each request, so
 * that keys can be rotated.
 *
 * @typedef {ReadonlyMap<string, string> | Readonly<Record<string, string>> | ((accessKey: string) => string | undefined | null)} Keys
 */

/** Headers of which there must be at most one, whether signed or not (§5.1). */
export const SINGLE = [
  'host',
  'x-sdk-date',
  'x-sdk-content-sha256',
  'x-sdk-content-sm3',
  'x-security-token',
  'x-project-id',
  'x-domain-id',
];

/** Finds out whether requests were signed with a known key. It holds no state between requests. */
export class Verifier {
  #secretOf;
  #algorithms;
  #acceptsUnsigned;
  #carrier;

  /**
   * @param {VerifierOptions} options
   * @throws {VerificationError} `UnsupportedAlgorithm` for one that this library or its runtime lacks
   */
  constructor({ keys, algorithms = [DEFAULT_ALGORITHM], unsignedPayload = true, header = 'Authorization' }) {
    this.#secretOf = toLookUp(keys);
    this.#algorithms = new Set(algorithms);
    this.#acceptsUnsigned = unsignedPayload;
    this.#carrier = header.toLowerCase();
    for (const token of this.#algorithms) requireAlgorithm(token);
  }

  /** The header that carries the signature, in lower case. */
  get header() {
    return this.#carrier;
  }

  /**
   * @param {import('./request.js').HttpRequest} request as it arrived: each character of target and header values is one
   *   byte, as Node gives them
   * @param {Date} [now] the system's clock if not given
   * @returns {string} the access key that signed it
   * @throws {VerificationError} the first reason to refuse it
   */
  verify(request, now) {
    return this.claim(request, now).finish(request.body);
  }

  /**
   * The first half of `verify`: everything that can be told before the body is read.
   *
   * @param {import('./request.js').HttpRequest} request
   * @param {Date} [now]
   * @returns {Claim}
   * @throws {VerificationError}
   */
  claim(request, now = new Date()) {
    const { method, target, lines } = toHead(request);
    const headers = this.#gather(lines);
    if ((headers.get('authorization')?.length ?? 0) > 1) duplicate(this.#carrier);
    const authorization = parseAuthorization(headers.get('authorization')?.[0]);
    const doubled = SINGLE.find((name) => (headers.get(name)?.length ?? 0) > 1);
    if (doubled !== undefined) duplicate(doubled);
    const date = checkDate(headers.get('x-sdk-date')?.[0], authorization, now);
    const secretKey = this.#secretOf(authorization.accessKey);
    if (!secretKey) {
      throw new VerificationError('UnknownKey', 'no key of this name is known here; check the access key');
    }
    if (!this.#algorithms.has(authorization.algorithm.token)) {
      throw new VerificationError('UnsupportedAlgorithm', `sign with ${[...this.#algorithms].join(' or ')}`);
    }
    const head = { method, target, headers };
    return new Claim({ authorization, date, head, secretKey, acceptsUnsigned: this.#acceptsUnsigned });
  }

  /**
   * The values of each name in lower case, trimmed. The header that carries the signature stands as `authorization`; if
   * that is another one, the real `Authorization` is none of the signature's business.
   *
   * @param {[string, string][]} lines
   */
  #gather(lines) {
    /** @type {Map<string, string[]>} */
    const headers = new Map();
    for (const [name, value] of lines) {
      const lower = name.toLowerCase();
      if (lower === 'authorization' && this.#carrier !== lower) continue;
      const own = lower === this.#carrier ? 'authorization' : lower;
      const values = headers.get(own);
      if (values === undefined) headers.set(own, [trimBlanks(value)]);
      else values.push(trimBlanks(value));
    }
    return headers;
  }
}

/**
 * @param {string | undefined} date value of X-Sdk-Date
 * @param {import('./authorization.js').Authorization} authorization
 * @param {Date} now
 * @returns {string} the same
 */
function checkDate(date, { algorithm, scope }, now) {
  if (date === undefined) throw new VerificationError('MissingDate', 'the X-Sdk-Date header is missing');
  const signed = parseBasic(date);
  if (signed === undefined) {
    throw new VerificationError('BadDate', 'the X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ');
  }
  if (algorithm.isScoped && scope.slice(0, scope.indexOf('/')) !== date.slice(0, 8)) {
    malformed('the day of the scope is not that of X-Sdk-Date');
  }
  // Whole seconds, as a signing time is one.
  const server = Math.floor(now.getTime() / 1000) * 1000;
  if (Math.abs(server - signed.getTime()) > SKEW_MILLISECONDS_MAX) {
    const times = `signature time:${date},server time:${toBasic(now)}`;
    throw new VerificationError('Expired', `${times}; they lie more than 15 minutes apart, check the clocks`);
  }
  return date;
}

/**
 * @param {Keys} keys
 * @returns {(accessKey: string) => string | undefined | null}
 */
function toLookUp(keys) {
  if (typeof keys === 'function') return keys;
  if (keys instanceof Map) return (accessKey) => keys.get(accessKey);
  const known = /** @type {Readonly<Record<string, string>>} */ (keys);
  return (accessKey) => (Object.hasOwn(known, accessKey) ? known[accessKey] : undefined);
}

/** @param {string} token */
function requireAlgorithm(token) {
  const algorithm = ALGORITHMS.get(token);
  if (algorithm === undefined || !isAvailable(algorithm)) {
    throw new VerificationError('UnsupportedAlgorithm', `this library or its runtime lacks ${token}`);
  }
}

/**
 * @param {string} name
 * @returns {never}
 */
function duplicate(name) {
  throw new VerificationError('DuplicateHeader', `the header ${name} stands more than once; send it once`);
}
