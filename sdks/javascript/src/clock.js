/** The clock of an adapter, which may learn from a refusal how wrong it is. */

import { SKEW_MILLISECONDS_MAX } from './time.js';

/**
 * @typedef {object} AdapterOptions
 * @property {boolean} [correctClock] learn the time from an answer of 401 whose `Date` is more than 15 minutes away, and
 *   send the request once again; no if not given
 * @property {boolean} [unsignedPayload] leave bodies out of signatures, so that they need not be kept in memory; no if
 *   not given
 * @property {() => Date} [now] the clock to correct; the system's if not given
 */

/** Anything that signs: a `Signer` or a `WebSigner`. */
/** @typedef {{ sign(request: import('./request.js').RequestToSign, now?: Date): Signed | Promise<Signed> }} AnySigner */
/** @typedef {import('./draft.js').HeaderLine[]} Signed */

/** A clock with what it has learned. */
export class Clock {
  #system;
  #learns;
  #offsetMilliseconds = 0;

  /** @param {AdapterOptions} options */
  constructor({ correctClock = false, now = () => new Date() }) {
    this.#system = now;
    this.#learns = correctClock;
  }

  /** The time as far as is known. */
  now() {
    return new Date(this.#system().getTime() + this.#offsetMilliseconds);
  }

  /**
   * @param {number} status of an answer
   * @param {string | null | undefined} date its `Date`
   * @returns {boolean} whether the clock was wrong, so that the request is worth sending again
   */
  learn(status, date) {
    if (!this.#learns || status !== 401) return false;
    const server = Date.parse(date ?? '');
    const isNear = Math.abs(server - this.now().getTime()) <= SKEW_MILLISECONDS_MAX;
    if (Number.isNaN(server) || isNear) return false;
    this.#offsetMilliseconds = server - this.#system().getTime();
    return true;
  }
}
