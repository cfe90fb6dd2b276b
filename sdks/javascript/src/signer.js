/** The signer on node:crypto. */

import { toText } from './bytes.js';
import { toIdentity } from './credentials.js';
import { Draft } from './draft.js';
import { SigningError } from './errors.js';
import { SigningKey, canonicalDigest, isAvailable, payloadDigest } from './node-crypto.js';

/**
 * Signs requests with one key pair. It holds no state between requests, and shows its secret to nobody.
 */
export class Signer {
  #identity;
  #key;

  /**
   * @param {import('./credentials.js').SignerOptions} options
   * @throws {SigningError} `MissingCredentials`, `BadCredentials`, `UnsupportedAlgorithm`, `MissingScope`, `BadScope`
   */
  constructor(options) {
    this.#identity = toIdentity(options);
    const { algorithm, accessKey } = this.#identity;
    if (!isAvailable(algorithm)) {
      throw new SigningError('UnsupportedAlgorithm', `the OpenSSL of this runtime lacks ${algorithm.hash}`);
    }
    this.#key = new SigningKey(algorithm, accessKey, options.secretKey);
  }

  /**
   * The headers to add. The request is neither sent nor changed.
   *
   * @param {import('./request.js').RequestToSign} request
   * @param {Date} [now] the signing time; the system's clock if not given
   * @returns {import('./draft.js').HeaderLine[]} `Authorization` last
   * @throws {SigningError} when the request cannot be sent or signed as it is
   */
  sign(request, now) {
    return this.#sign(request, now).headers;
  }

  /**
   * Like `sign`, and says what was signed.
   *
   * @param {import('./request.js').RequestToSign} request
   * @param {Date} [now]
   * @returns {import('./draft.js').Explanation}
   * @throws {SigningError}
   */
  explain(request, now) {
    const { canonical, ...explanation } = this.#sign(request, now);
    return { ...explanation, canonicalRequest: toText(canonical) };
  }

  /**
   * @param {import('./request.js').RequestToSign} request
   * @param {Date} [now]
   */
  #sign(request, now = new Date()) {
    const { hash } = this.#identity.algorithm;
    const draft = new Draft(this.#identity, request, now);
    const canonical = draft.canonical(draft.payload === undefined ? undefined : payloadDigest(hash, draft.payload));
    const stringToSign = draft.stringToSign(canonicalDigest(hash, canonical));
    const signature = this.#key.sign(stringToSign, draft.scope);
    return { headers: draft.headers(signature), canonical, stringToSign };
  }
}
