import { webcrypto } from 'node:crypto';
import { WebSigner, signingFetch } from 'countersign/web';
import { answer, credentials, job, options } from './job.js';

// Node 18 has WebCrypto, but not in its place.
globalThis.crypto ??= webcrypto;
const response = await signingFetch(await WebSigner.create(credentials), options)(job.url, job);
answer(response.status, await response.arrayBuffer());
