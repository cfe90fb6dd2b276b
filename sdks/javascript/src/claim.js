/** A signature held against its request: the head first, then the body (§5.4). */

import { EMPTY_DIGEST, UNSIGNED_PAYLOAD } from './algorithms.js';
import { malformed } from './authorization.js';
import { toText } from './bytes.js';
import { canonicalHead, stringToSign } from './canonical.js';
import { MismatchError, VerificationError } from './errors.js';
import { SigningKey, areEqual, canonicalDigest, payloadDigest } from './node-crypto.js';
import { toPayload } from './request.js';

/**
 * @typedef {object} Presented
 * @property {import('./authorization.js').Authorization} authorization
 * @property {string} date value of X-Sdk-Date
 * @property {{ method: string, target: string, headers: ReadonlyMap<string, string[]> }} head values trimmed
 * @property {string} secretKey
 * @property {boolean} acceptsUnsigned
 */

const NO_BYTE = /[^\x00-\xff]/;

/** A signature that holds as far as the head tells. */
export class Claim {
  #authorization;
  #date;
  #key;
  #head;
  /** The digest of the body, or `UNSIGNED-PAYLOAD`; undefined if the request declares neither and is yet to be compared. */
  #declared;

  /**
   * Without a declared payload nothing is compared yet; with one, the whole signature is.
   *
   * @param {Presented} presented
   * @throws {VerificationError} `BadContentHash`, `MalformedAuthorization`, `UnsignedPayload`, `Mismatch`
   */
  constructor({ authorization, date, head, secretKey, acceptsUnsigned }) {
    const { algorithm, accessKey } = authorization;
    const [line] = head.headers.get(algorithm.contentHeader.toLowerCase()) ?? [];
    checkContentHash(line);
    this.#authorization = authorization;
    this.#date = date;
    this.#key = new SigningKey(algorithm, accessKey, secretKey);
    this.#head = canonicalize(authorization.signedNames, head);
    this.#declared = line === undefined ? undefined : this.#compareDeclared(line, acceptsUnsigned);
  }

  /** The access key claimed. Only `finish` tells that it signed the request. */
  get accessKey() {
    return this.#authorization.accessKey;
  }

  /**
   * The verdict, once the body is complete.
   *
   * @param {import('./request.js').Body} [body]
   * @returns {string} the access key that signed the request
   * @throws {VerificationError} `Mismatch`, `ContentHashMismatch`
   */
  finish(body) {
    if (this.#declared === UNSIGNED_PAYLOAD) return this.accessKey;
    const digest = payloadDigest(this.#authorization.algorithm.hash, toPayload(body));
    if (this.#declared === undefined) {
      if (!this.#isSignedWith(digest)) this.#mismatch(digest);
    } else if (!areEqual(digest, this.#declared)) {
      throw new VerificationError('ContentHashMismatch', 'the body is not the one whose hash the request declares');
    }
    return this.accessKey;
  }

  /**
   * One declared unsigned may have been signed as empty; then it must be empty.
   *
   * @param {string} line value of the content hash header
   * @param {boolean} acceptsUnsigned
   * @returns {string} what the body must be
   */
  #compareDeclared(line, acceptsUnsigned) {
    const isUnsigned = line === UNSIGNED_PAYLOAD;
    const isRefused = isUnsigned && !acceptsUnsigned;
    if (!isRefused && this.#isSignedWith(line)) return isUnsigned ? line : line.toLowerCase();
    const empty = EMPTY_DIGEST[this.#authorization.algorithm.hash];
    if (isUnsigned && this.#isSignedWith(empty)) return empty;
    if (!isRefused) this.#mismatch(line);
    throw new VerificationError(
      'UnsignedPayload',
      'signatures that leave the body out are not accepted; sign the body',
    );
  }

  /** @param {string} payloadLine */
  #isSignedWith(payloadLine) {
    const { algorithm, scope, signature } = this.#authorization;
    const digest = canonicalDigest(algorithm.hash, this.#head + payloadLine);
    const expected = this.#key.sign(stringToSign(algorithm.token, this.#date, scope, digest), scope);
    return areEqual(expected, signature);
  }

  /**
   * @param {string} payloadLine
   * @returns {never}
   */
  #mismatch(payloadLine) {
    throw new MismatchError(toText(this.#head + payloadLine));
  }
}

/** @param {string | undefined} line value of the content hash header */
function checkContentHash(line) {
  if (line === undefined || line === UNSIGNED_PAYLOAD || /^[0-9a-f]{64}$/i.test(line)) return;
  throw new VerificationError(
    'BadContentHash',
    'the content hash header is neither 64 hex digits nor UNSIGNED-PAYLOAD',
  );
}

/**
 * The canonical request up to its payload; a signed header that is absent counts as empty (§3.3).
 *
 * @param {string[]} signedNames
 * @param {Presented['head']} head
 */
function canonicalize(signedNames, { method, target, headers }) {
  if (isAmbiguous(method) || NO_BYTE.test(target)) malformed('the request line is not that of a request');
  let block = '';
  for (const name of signedNames) {
    for (const value of [...(headers.get(name) ?? [''])].sort()) {
      if (isAmbiguous(value)) malformed('a signed header has a line break, or a character that is no byte');
      block += `${name}:${value}\n`;
    }
  }
  return canonicalHead(method, target, block, signedNames.join(';'));
}

/** Line breaks would let one header pass for two in the canonical text, other characters for bytes. @param {string} text */
const isAmbiguous = (text) => /[\r\n\0]/.test(text) || NO_BYTE.test(text);
