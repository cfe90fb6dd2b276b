import { Signer } from 'countersign';
import { signingRequest } from 'countersign/http';
import { buffer } from 'node:stream/consumers';
import { answer, credentials, job, options } from './job.js';

const response = await signingRequest(new Signer(credentials), options)(job.url, job);
answer(response.statusCode, await buffer(response));
