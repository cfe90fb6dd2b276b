// What many tests sign with.

import { Signer, Verifier } from 'countersign';

export const credentials = { accessKey: 'AccessKey', secretKey: 'the-secret-of-the-tests' };
export const now = new Date('2025-01-02T03:04:05Z');

export const signer = (options = {}) => new Signer({ ...credentials, ...options });

export const verifier = (options = {}) =>
  new Verifier({ keys: { [credentials.accessKey]: credentials.secretKey }, ...options });

/** A request as it arrives: header values are bytes. */
export function send(request, headers) {
  const lines = [...(request.headers ?? []), ...headers].map(([name, value]) => [name, toBytes(value)]);
  return { ...request, target: toBytes(request.target), headers: lines };
}

const toBytes = (text) => Buffer.from(text).toString('latin1');

/** The code of the error that the call throws. */
export function codeOf(call) {
  try {
    call();
  } catch (error) {
    return error.code;
  }
  return undefined;
}
