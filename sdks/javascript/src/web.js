/**
 * The signer for browsers and edge runtimes: the same text, signed by WebCrypto with a key that cannot be read back.
 */

import { toBytes, toHex, toText } from './bytes.js';
import { toIdentity } from './credentials.js';
import { Draft } from './draft.js';
import { SigningError } from './errors.js';

export { difference } from './difference.js';
export { CountersignError, SigningError } from './errors.js';
export { signingFetch } from './fetch.js';
export { UNSIGNED } from './request.js';

const HMAC_SHA256 = { name: 'HMAC', hash: 'SHA-256' };

/** Signs requests with one key pair. Make it with `WebSigner.create`. */
export class WebSigner {
  #identity;
  #key;

  /**
   * @param {import('./credentials.js').Identity} identity
   * @param {CryptoKey} key
   */
  constructor(identity, key) {
    this.#identity = identity;
    this.#key = key;
  }

  /**
   * @param {import('./credentials.js').SignerOptions} options forget the secret key afterwards
   * @returns {Promise<WebSigner>}
   * @throws {SigningError} as the constructor of `Signer`; WebCrypto has no SM3
   */
  static async create(options) {
    const identity = toIdentity(options);
    requireAlgorithm(identity.algorithm);
    const secret = new TextEncoder().encode(options.secretKey);
    if (!identity.algorithm.isScoped) return new WebSigner(identity, await importKey(secret));
    const salt = await importKey(new TextEncoder().encode(identity.accessKey));
    return new WebSigner(identity, await importKey(await code(salt, secret)));
  }

  /** The key that signs, or from which a scoped algorithm derives. It cannot be exported. */
  get key() {
    return this.#key;
  }

  /**
   * The headers to add. The request is neither sent nor changed.
   *
   * @param {import('./request.js').RequestToSign} request
   * @param {Date} [now] the signing time; the system's clock if not given
   * @returns {Promise<import('./draft.js').HeaderLine[]>} `Authorization` last
   * @throws {SigningError} when the request cannot be sent or signed as it is
   */
  async sign(request, now) {
    return (await this.explain(request, now)).headers;
  }

  /**
   * Like `sign`, and says what was signed.
   *
   * @param {import('./request.js').RequestToSign} request
   * @param {Date} [now]
   * @returns {Promise<import('./draft.js').Explanation>}
   * @throws {SigningError}
   */
  async explain(request, now = new Date()) {
    const draft = new Draft(this.#identity, request, now);
    const canonical = draft.canonical(draft.payload === undefined ? undefined : await digest(toData(draft.payload)));
    const stringToSign = draft.stringToSign(await digest(toBytes(canonical)));
    const signature = toHex(await code(await this.#keyFor(draft.scope), toBytes(stringToSign)));
    return { headers: draft.headers(signature), canonicalRequest: toText(canonical), stringToSign };
  }

  /**
   * The one block of HKDF; the key is its hex text, not its bytes (§4.2).
   *
   * @param {string} scope
   */
  async #keyFor(scope) {
    if (scope === '') return this.#key;
    return importKey(toBytes(toHex(await code(this.#key, toBytes(`${scope}\x01`)))));
  }
}

/** @param {import('./algorithms.js').Algorithm} algorithm */
function requireAlgorithm({ hash }) {
  if (globalThis.crypto?.subtle === undefined) {
    throw new SigningError(
      'UnsupportedAlgorithm',
      'there is no WebCrypto here; serve the page over https or localhost',
    );
  }
  if (hash !== 'sha256') {
    throw new SigningError('UnsupportedAlgorithm', `WebCrypto lacks ${hash}; use SDK-HMAC-SHA256 or V11-HMAC-SHA256`);
  }
}

/** @param {Uint8Array<ArrayBuffer>} secret */
const importKey = (secret) => crypto.subtle.importKey('raw', secret, HMAC_SHA256, false, ['sign']);

/**
 * @param {CryptoKey} key
 * @param {Uint8Array<ArrayBuffer>} data
 */
const code = async (key, data) => new Uint8Array(await crypto.subtle.sign('HMAC', key, data));

/** @param {Uint8Array<ArrayBuffer>} data */
const digest = async (data) => toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));

/**
 * @param {Uint8Array | string} payload
 * @returns {Uint8Array<ArrayBuffer>}
 */
const toData = (payload) =>
  typeof payload === 'string' ? new TextEncoder().encode(payload) : /** @type {Uint8Array<ArrayBuffer>} */ (payload);
