import { accessKeyOf, guard } from 'countersign/fetch-handler';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { listen, verifier } from './listen.js';

const handler = guard(async (request) => {
  const body = await request.arrayBuffer();
  return Response.json({ access_key: accessKeyOf(request), body_bytes: body.byteLength });
}, verifier);

listen(
  createServer(async (request, response) => {
    const answer = await handler(toRequest(request));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }),
);

/** What runtimes with fetch-style handlers do with an HTTP request. */
function toRequest(request) {
  const headers = new Headers();
  for (let i = 0; i < request.rawHeaders.length; i += 2)
    headers.append(request.rawHeaders[i], request.rawHeaders[i + 1]);
  const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
  const body = hasBody && request.method !== 'GET' && request.method !== 'HEAD' ? Readable.toWeb(request) : null;
  return new Request(`http://${request.headers.host}${request.url}`, {
    method: request.method,
    headers,
    body,
    duplex: 'half',
  });
}
