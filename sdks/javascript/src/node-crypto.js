/** Hashes and codes by node:crypto. Texts are byte strings. */

import * as crypto from 'node:crypto';
import { EMPTY_DIGEST } from './algorithms.js';

/** @typedef {import('./algorithms.js').Algorithm} Algorithm */

/**
 * Newer releases hash in one call, in half the time.
 *
 * @type {((hash: string, data: Uint8Array | string, form: 'hex') => string) | undefined}
 */
const hashOnce = /** @type {any} */ (crypto).hash;

const HASHES = new Set(crypto.getHashes());

/** @param {Algorithm} algorithm */
export const isAvailable = ({ isCode, hash }) => isCode && HASHES.has(hash);

/**
 * @param {Algorithm['hash']} hash
 * @param {Uint8Array | string} data text counts as UTF-8
 * @returns {string} in hex
 */
function hexDigest(hash, data) {
  if (hashOnce) return hashOnce(hash, data, 'hex');
  return crypto.createHash(hash).update(data).digest('hex');
}

/**
 * @param {Algorithm['hash']} hash
 * @param {Uint8Array | string} payload text counts as UTF-8
 * @returns {string} in hex
 */
export function payloadDigest(hash, payload) {
  return payload.length === 0 ? EMPTY_DIGEST[hash] : hexDigest(hash, payload);
}

/**
 * @param {Algorithm['hash']} hash
 * @param {string} canonical byte string
 * @returns {string} in hex
 */
export function canonicalDigest(hash, canonical) {
  const isAscii = Buffer.byteLength(canonical) === canonical.length;
  return hexDigest(hash, isAscii ? canonical : Buffer.from(canonical, 'latin1'));
}

/** What signs: a secret that cannot be seen, bound to its access key and algorithm. */
export class SigningKey {
  #algorithm;
  #key;

  /**
   * @param {Algorithm} algorithm
   * @param {string} accessKey
   * @param {string} secretKey
   */
  constructor(algorithm, accessKey, secretKey) {
    this.#algorithm = algorithm;
    const secret = algorithm.isScoped ? extract(accessKey, secretKey) : Buffer.from(secretKey);
    this.#key = crypto.createSecretKey(secret);
  }

  /**
   * @param {string} text the string to sign
   * @param {string} scope `DAY/REGION/SERVICE` of a scoped algorithm
   * @returns {string} in hex
   */
  sign(text, scope) {
    return hmac(this.#algorithm.hash, this.#algorithm.isScoped ? this.#derive(scope) : this.#key, text);
  }

  /**
   * The one block of HKDF; the key is its hex text, not its bytes (§4.2). What it starts from is made once.
   *
   * @param {string} scope
   */
  #derive(scope) {
    return hmac('sha256', this.#key, `${scope}\x01`);
  }
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {boolean} whether two signatures or digests are equal, in constant time
 */
export const areEqual = (one, other) =>
  one.length === other.length && crypto.timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * @param {Algorithm['hash']} hash
 * @param {string | crypto.KeyObject} key
 * @param {string} text
 */
const hmac = (hash, key, text) => crypto.createHmac(hash, key).update(text).digest('hex');

/**
 * @param {string} salt
 * @param {string} secret
 */
const extract = (salt, secret) => crypto.createHmac('sha256', salt).update(secret).digest();
