import { Signer } from 'countersign';
import { signingFetch } from 'countersign/fetch';
import { answer, credentials, job, options } from './job.js';

const response = await signingFetch(new Signer(credentials), options)(job.url, job);
answer(response.status, await response.arrayBuffer());
