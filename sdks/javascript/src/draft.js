/** A signature but for what needs cryptography; the same on every platform. */

import { UNSIGNED_PAYLOAD } from './algorithms.js';
import { toByteString } from './bytes.js';
import { canonicalHead, stringToSign } from './canonical.js';
import { UNSIGNED, toHead, toPayload } from './request.js';
import { checkRequestLine, signedLines } from './signed-lines.js';
import { toBasic } from './time.js';

/** @typedef {[name: string, value: string]} HeaderLine */

/**
 * How a signature came about, for people who search a mistake.
 *
 * @typedef {object} Explanation
 * @property {HeaderLine[]} headers to add, `Authorization` last
 * @property {string} canonicalRequest it repeats the security token, if there is one
 * @property {string} stringToSign
 */

/** A request, read and canonicalized, that waits for its digests and its signature. */
export class Draft {
  #identity;
  #date;
  #added;
  #names;
  #head;

  /**
   * @param {import('./credentials.js').Identity} identity
   * @param {import('./request.js').RequestToSign} request
   * @param {Date} now
   * @throws {import('./errors.js').SigningError} when the request cannot be sent or signed as it is
   */
  constructor(identity, request, now) {
    const { method, target, lines: given } = toHead(request);
    checkRequestLine(method, target);
    this.#identity = identity;
    this.#date = toBasic(now);
    const added = toAdded(identity, this.#date, request.body);
    this.#added = added.headers;
    const lines = signedLines(given, added.lines);
    this.#names = joinNames(lines);
    this.#head = canonicalHead(method, toByteString(target), toBlock(lines), this.#names);
    /** The body, or undefined when the signature leaves it out. */
    this.payload = request.body === UNSIGNED ? undefined : toPayload(request.body);
    /** `DAY/REGION/SERVICE` of a scoped algorithm, else empty. */
    this.scope = identity.algorithm.isScoped ? `${this.#date.slice(0, 8)}/${identity.regionService}` : '';
  }

  /**
   * @param {string | undefined} payloadDigest in hex; undefined when the signature leaves the body out
   * @returns {string} the canonical request as a byte string
   */
  canonical(payloadDigest = UNSIGNED_PAYLOAD) {
    return this.#head + payloadDigest;
  }

  /**
   * @param {string} digest of the canonical request, in hex
   * @returns {string}
   */
  stringToSign(digest) {
    return stringToSign(this.#identity.algorithm.token, this.#date, this.scope, digest);
  }

  /**
   * @param {string} signature in hex
   * @returns {HeaderLine[]} the headers to add
   */
  headers(signature) {
    const { accessKey, algorithm } = this.#identity;
    const key = algorithm.isScoped ? `Credential=${accessKey}/${this.scope}` : `Access=${accessKey}`;
    const authorization = `${algorithm.token} ${key}, SignedHeaders=${this.#names}, Signature=${signature}`;
    return [...this.#added, ['Authorization', authorization]];
  }
}

/**
 * The headers to add, and the lines that sign them.
 *
 * @param {import('./credentials.js').Identity} identity
 * @param {string} date
 * @param {import('./request.js').Payload | undefined} body
 */
function toAdded(identity, date, body) {
  /** @type {HeaderLine[]} */
  const headers = [['X-Sdk-Date', date], ...identity.headers];
  /** @type {import('./signed-lines.js').Line[]} */
  const lines = [['x-sdk-date', date], ...identity.lines];
  if (body === UNSIGNED) {
    const { contentHeader } = identity.algorithm;
    headers.push([contentHeader, UNSIGNED_PAYLOAD]);
    lines.push([contentHeader.toLowerCase(), UNSIGNED_PAYLOAD]);
  }
  return { headers, lines };
}

/**
 * @param {readonly HeaderLine[]} lines sorted
 * @returns {string} each name once
 */
function joinNames(lines) {
  let names = '';
  let previous = '';
  for (const [name] of lines) {
    if (name === previous) continue;
    names += names === '' ? name : `;${name}`;
    previous = name;
  }
  return names;
}

/** @param {readonly HeaderLine[]} lines */
function toBlock(lines) {
  let block = '';
  for (const [name, value] of lines) block += `${name}:${value}\n`;
  return block;
}
