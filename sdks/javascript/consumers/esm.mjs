import * as countersign from 'countersign';
import { guard } from 'countersign/express';
import { signingFetch } from 'countersign/fetch';
import { guard as guardHandler } from 'countersign/fetch-handler';
import { signingRequest } from 'countersign/http';
import { WebSigner } from 'countersign/web';
import published from './published.cjs';

published.check(countersign);
for (const each of [guard, signingFetch, guardHandler, signingRequest, WebSigner]) {
  if (typeof each !== 'function') throw new Error('an export is missing');
}
