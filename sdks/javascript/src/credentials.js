/** What a signer is made from, checked once. */

import { ALGORITHMS, DEFAULT_ALGORITHM } from './algorithms.js';
import { SigningError } from './errors.js';
import { toLineValue } from './signed-lines.js';

/**
 * @typedef {object} SignerOptions
 * @property {string} accessKey
 * @property {string} secretKey
 * @property {string | null} [securityToken] of temporary credentials
 * @property {string | null} [projectId] adds X-Project-Id
 * @property {string | null} [domainId] adds X-Domain-Id
 * @property {string} [algorithm] `SDK-HMAC-SHA256` if not given
 * @property {string | null} [region] of a scoped algorithm
 * @property {string | null} [service] of a scoped algorithm
 */

/**
 * A signer's settings without its secret.
 *
 * @typedef {object} Identity
 * @property {string} accessKey
 * @property {import('./algorithms.js').Algorithm} algorithm
 * @property {string} regionService `region/service` of a scoped algorithm, else empty
 * @property {readonly import('./draft.js').HeaderLine[]} headers that accompany the credentials (§6.3)
 * @property {readonly import('./signed-lines.js').Line[]} lines that sign them
 */

const ACCESS_KEY = /^[\x21-\x2b\x2d-\x7e]+$/;
const SCOPE_PART = /^[A-Za-z0-9\-_.]+$/;

/**
 * @param {SignerOptions} options
 * @returns {Identity}
 * @throws {SigningError} `MissingCredentials`, `BadCredentials`, `UnsupportedAlgorithm`, `MissingScope`, `BadScope`
 */
export function toIdentity({ accessKey, secretKey, securityToken, projectId, domainId, ...settings }) {
  if (!accessKey || !secretKey) {
    throw new SigningError('MissingCredentials', 'give both accessKey and secretKey; one of them is empty or absent');
  }
  const algorithm = ALGORITHMS.get(settings.algorithm ?? DEFAULT_ALGORITHM);
  if (!algorithm?.isCode) {
    throw new SigningError('UnsupportedAlgorithm', 'use SDK-HMAC-SHA256, V11-HMAC-SHA256 or SDK-HMAC-SM3');
  }
  if (!ACCESS_KEY.test(accessKey) || (algorithm.isScoped && accessKey.includes('/'))) {
    throw new SigningError('BadCredentials', 'the access key has a blank, a comma or another character no key has');
  }
  /** @type {[string, string | null | undefined][]} */
  const companions = [
    ['X-Project-Id', projectId],
    ['X-Domain-Id', domainId],
    ['X-Security-Token', securityToken],
  ];
  const regionService = algorithm.isScoped ? toRegionService(settings) : '';
  const headers = companions.flatMap(toHeader);
  return Object.freeze({ accessKey, algorithm, regionService, headers, lines: headers.map(toLine) });
}

/**
 * @param {[string, string | null | undefined]} companion
 * @returns {import('./draft.js').HeaderLine[]} the header, or none
 */
const toHeader = ([name, value]) => (value === undefined || value === null || value === '' ? [] : [[name, value]]);

/**
 * @param {import('./draft.js').HeaderLine} header
 * @returns {import('./signed-lines.js').Line}
 */
function toLine([name, value]) {
  const line = toLineValue(value);
  if (line === undefined || line === '') {
    throw new SigningError('BadCredentials', `the value of ${name} is blank or has a control character`);
  }
  return [name.toLowerCase(), line];
}

/** @param {Pick<SignerOptions, 'region' | 'service'>} settings */
function toRegionService({ region, service }) {
  if (!region || !service) {
    throw new SigningError('MissingScope', 'V11-HMAC-SHA256 needs a region and a service');
  }
  if (!SCOPE_PART.test(region) || !SCOPE_PART.test(service)) {
    throw new SigningError('BadScope', 'region and service are letters, digits, hyphens, underscores and dots');
  }
  return `${region}/${service}`;
}
