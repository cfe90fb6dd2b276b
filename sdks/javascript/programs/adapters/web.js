import { webcrypto } from 'node:crypto';
import { WebSigner, signingFetch } from 'countersign/web';
import { answer, byName, credentials, job, options } from './job.js';

// Node 18 has WebCrypto, but not in its place.
globalThis.crypto ??= webcrypto;
const { url, ...init } = byName(job);
const response = await signingFetch(await WebSigner.create(credentials), options)(url, init);
answer(response.status, await response.arrayBuffer());
