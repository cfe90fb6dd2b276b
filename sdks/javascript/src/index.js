/**
 * Signs and verifies AK/SK-signed requests. Nothing here sends anything, or shows a secret key.
 *
 * The clauses (§) that comments cite are those of the protocol's text in the project's repository.
 */

export { difference } from './difference.js';
export { CountersignError, MismatchError, SigningError, VerificationError } from './errors.js';
export { UNSIGNED } from './request.js';
export { Signer } from './signer.js';
export { Verifier } from './verifier.js';

/** @typedef {import('./credentials.js').SignerOptions} SignerOptions */
/** @typedef {import('./draft.js').Explanation} Explanation */
/** @typedef {import('./draft.js').HeaderLine} HeaderLine */
/** @typedef {import('./request.js').HttpRequest} HttpRequest */
/** @typedef {import('./request.js').RequestToSign} RequestToSign */
/** @typedef {import('./verifier.js').VerifierOptions} VerifierOptions */
/** @typedef {import('./claim.js').Claim} Claim */
