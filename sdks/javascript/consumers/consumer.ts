// What users of TypeScript see: this must compile, and what is marked must not.

import axios from 'axios';
import { MismatchError, Signer, SigningError, UNSIGNED, VerificationError, Verifier, difference } from 'countersign';
import type { Explanation, HeaderLine, SignerOptions } from 'countersign';
import { signing } from 'countersign/axios';
import { guard } from 'countersign/express';
import { signingFetch } from 'countersign/fetch';
import { accessKeyOf, guard as guardHandler } from 'countersign/fetch-handler';
import { signingRequest } from 'countersign/http';
import { WebSigner } from 'countersign/web';
import express from 'express';
import type { IncomingMessage } from 'node:http';

const options: SignerOptions = {
  accessKey: 'a',
  secretKey: 's',
  securityToken: null,
  algorithm: 'V11-HMAC-SHA256',
  region: 'r',
  service: 's',
};
const signer = new Signer(options);
const headers: HeaderLine[] = signer.sign({ method: 'POST', url: new URL('http://h/'), body: UNSIGNED }, new Date());
const explanation: Explanation = signer.explain({ target: '/', headers: [['Host', 'h']], body: new Uint8Array() });
const sentence: string = difference('canonicalRequest:…', explanation.canonicalRequest);

const verifier = new Verifier({ keys: (accessKey) => (accessKey === 'a' ? 's' : undefined), unsignedPayload: false });
const accessKey: string = verifier.verify({ target: '/', headers: new Headers(), body: Buffer.from('') });
new Verifier({ keys: new Map([['a', 's']]), algorithms: ['SDK-HMAC-SM3'], header: 'X-Signature' });

const fetched: Promise<Response> = signingFetch(signer, { correctClock: true })('http://h/');
const requested: Promise<IncomingMessage> = signingRequest(signer)('http://h/', { method: 'GET', timeout: 1000 });
const web: Promise<Response> = WebSigner.create(options).then((own) => signingFetch(own)('http://h/'));
axios.create().interceptors.request.use(signing(signer, { unsignedPayload: true }));
express().use(guard(verifier, { bodyBytesMax: 1 }));
const handler = guardHandler(
  (request: Request, environment: { name: string }) => new Response(accessKeyOf(request) + environment.name),
  verifier,
);
const answered: Response | Promise<Response> = handler(new Request('http://h/'), { name: 'n' });

const code = (error: unknown): string => {
  if (error instanceof MismatchError) return error.canonicalRequest;
  if (error instanceof VerificationError) return `${error.status} ${error.code}`;
  return error instanceof SigningError ? error.code : '';
};

// @ts-expect-error the secret key is required
new Signer({ accessKey: 'a' });
// @ts-expect-error no such member
signer.sign({ path: '/' });
// @ts-expect-error a body is text or bytes
signer.sign({ target: '/', body: { name: 'value' } });
// @ts-expect-error keys are required
new Verifier({});
// @ts-expect-error nothing shows the secret
signer.secretKey;

export { accessKey, answered, code, fetched, headers, requested, sentence, web };
