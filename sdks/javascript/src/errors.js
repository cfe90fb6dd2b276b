/** Why a request cannot be signed, or its signature is refused. `code` is the stable name; no message repeats a secret. */
export class CountersignError extends Error {
  /**
   * @param {string} code stable name, the same in every language
   * @param {string} message what is wrong and what to do
   */
  constructor(code, message) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Why a request cannot be signed as it is. */
export class SigningError extends CountersignError {}

/** The answer's status where it is not 401. */
const STATUS = new Map([
  ['BodyTooLong', 413],
  ['BodyIncomplete', 400],
]);

/** Why a signature is refused. */
export class VerificationError extends CountersignError {
  /** Status of the answer: 413 for a long body, 400 for a broken one, else 401. */
  get status() {
    return STATUS.get(this.code) ?? 401;
  }
}

/** The signature is not that of this request under this key. */
export class MismatchError extends VerificationError {
  // Private, so that logging the error does not repeat the headers signed.
  #canonicalRequest;

  /** @param {string} canonicalRequest as the verifier built it */
  constructor(canonicalRequest) {
    super('Mismatch', 'the signature is not that of this request; compare canonicalRequest with that of the signer');
    this.#canonicalRequest = canonicalRequest;
  }

  /** The canonical request as the verifier built it (§5.8). It repeats the headers signed. */
  get canonicalRequest() {
    return this.#canonicalRequest;
  }
}
