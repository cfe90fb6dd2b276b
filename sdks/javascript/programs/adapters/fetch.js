import { Signer } from 'countersign';
import { signingFetch } from 'countersign/fetch';
import { answer, byName, credentials, job, options } from './job.js';

const { url, ...init } = byName(job);
const response = await signingFetch(new Signer(credentials), options)(url, init);
answer(response.status, await response.arrayBuffer());
