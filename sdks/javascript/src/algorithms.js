/** The algorithms of the protocol (§4). */

/**
 * @typedef {object} Algorithm
 * @property {string} token the first word of the Authorization header
 * @property {'sha256' | 'sm3'} hash
 * @property {string} contentHeader the header that declares the payload (§6.2)
 * @property {boolean} isScoped whether it names day, region and service, and derives its key from them
 * @property {boolean} isCode whether the signature is an HMAC; those of curves are known here, but never accepted
 */

const SHA256 = { hash: /** @type {const} */ ('sha256'), contentHeader: 'X-Sdk-Content-Sha256' };
const SM3 = { hash: /** @type {const} */ ('sm3'), contentHeader: 'X-Sdk-Content-Sm3' };

/** @type {ReadonlyMap<string, Algorithm>} */
export const ALGORITHMS = new Map(
  [
    { token: 'SDK-HMAC-SHA256', ...SHA256, isScoped: false, isCode: true },
    { token: 'V11-HMAC-SHA256', ...SHA256, isScoped: true, isCode: true },
    { token: 'SDK-HMAC-SM3', ...SM3, isScoped: false, isCode: true },
    { token: 'SDK-ECDSA-P256-SHA256', ...SHA256, isScoped: false, isCode: false },
    { token: 'SDK-SM2-SM3', ...SM3, isScoped: false, isCode: false },
  ].map((algorithm) => [algorithm.token, Object.freeze(algorithm)]),
);

export const DEFAULT_ALGORITHM = 'SDK-HMAC-SHA256';

/** The value that declares a body uncovered (§5.4). */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** The payload line of an empty body. */
export const EMPTY_DIGEST = {
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  sm3: '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b',
};
