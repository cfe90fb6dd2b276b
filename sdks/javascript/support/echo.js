// A guarded server that tells what it received.

import { guard } from 'countersign/express';
import { verifier } from './fixtures.js';
import { serve } from './servers.js';

/** Answers 200 with what arrived, if it is signed; `ahead` is how many seconds the server's clock is ahead. */
export async function serveEcho(test, { ahead = 0, ...options } = {}) {
  const requests = [];
  const own = verifier(options);
  const shifted = () => new Date(Date.now() + ahead * 1000);
  const check = guard({ claim: (head) => own.claim(head, shifted()) });
  const address = await serve(test, (request, response) => {
    response.setHeader('Date', shifted().toUTCString());
    requests.push(request);
    check(request, response, (error) => {
      if (error) throw error;
      response.end(JSON.stringify({ target: request.url, body: request.body.toString('latin1') }));
    });
  });
  return { url: `http://${address}`, requests };
}
