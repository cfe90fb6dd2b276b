import assert from 'node:assert/strict';
import express from 'express';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { guard } from 'countersign/express';
import { accessKeyOf, guard as guardHandler } from 'countersign/fetch-handler';
import { signingFetch } from 'countersign/fetch';
import { credentials, signer, verifier } from '../support/fixtures.js';
import { serve } from '../support/servers.js';

const LIMIT = 1000;

/** A guarded Express application below a router that cuts off its prefix. */
function application(options) {
  const router = express.Router();
  router.use(guard(verifier(), options), express.json());
  router.use((request, response) => response.json({ key: request.accessKey, body: request.body.toString() }));
  return express().use('/below', router);
}

/** Sends raw bytes and gives what comes back until the other side ends. */
async function exchange(address, bytes) {
  const [host, port] = address.split(':');
  const socket = connect(Number(port), host);
  socket.end(bytes);
  return text(socket);
}

/** The head of a signed request as it stands on the wire. */
function head(address, method, lines = []) {
  const headers = [['Host', address], ...lines];
  const signed = signer().sign({ method, target: '/below', headers, body: 'whole body' });
  return `${method} /below HTTP/1.1\r\n${[...headers, ...signed].map((line) => line.join(': ')).join('\r\n')}\r\n`;
}

test('express: a handler learns the access key and the bytes of the body', async (t) => {
  const address = await serve(t, application());
  const init = { method: 'POST', body: '{"a": 1}', headers: { 'Content-Type': 'application/json' } };
  const response = await signingFetch(signer())(`http://${address}/below/x?b=1`, init);
  assert.deepEqual(await response.json(), { key: credentials.accessKey, body: '{"a": 1}' });
});

test('express: a refusal is JSON with the name of the error', async (t) => {
  const address = await serve(t, application());
  const response = await fetch(`http://${address}/below`);
  assert.equal(response.status, 401);
  assert.equal(response.headers.get('content-type'), 'application/json');
  const { error_code, error_msg } = await response.json();
  assert.equal(error_code, 'MissingAuthorization');
  assert.ok(error_msg.length > 0);
});

test('express: a stale date is refused before the body is read', async (t) => {
  const address = await serve(t, application());
  const signed = signer().sign({ method: 'POST', url: `http://${address}/below` }, new Date(0));
  const lines = [['Host', address], ['Content-Length', '1000000'], ...signed].map((line) => line.join(': '));
  const answer = await exchange(address, `POST /below HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 401 /);
  assert.match(answer, /"error_code":"Expired"/);
});

test('express: a body of the bound is taken, and one byte more is not', async (t) => {
  const address = await serve(t, application({ bodyBytesMax: LIMIT }));
  const send = (length) =>
    signingFetch(signer())(`http://${address}/below`, { method: 'POST', body: 'x'.repeat(length) });
  assert.equal((await send(LIMIT)).status, 200);
  const refused = await send(LIMIT + 1);
  assert.deepEqual([refused.status, (await refused.json()).error_code], [413, 'BodyTooLong']);
});

test('express: a client that is still sending gets its answer', async (t) => {
  const address = await serve(t, application({ bodyBytesMax: LIMIT }));
  const long = Buffer.alloc(8 * 1024 * 1024, 'x');
  const chunk = [`${long.length.toString(16)}\r\n`, long, '\r\n0\r\n\r\n'];
  for (const [line, body] of [
    [['Content-Length', String(long.length)], [long]],
    [['Transfer-Encoding', 'chunked'], chunk],
  ]) {
    const start = `${head(address, 'POST', [line, ['Connection', 'close']])}\r\n`;
    assert.match(await exchange(address, Buffer.concat([start, ...body].map(Buffer.from))), /^HTTP\/1\.1 413 /);
  }
});

test('express: a body without declared length is bounded too', async (t) => {
  const address = await serve(t, application({ bodyBytesMax: LIMIT }));
  const chunk = `${(LIMIT + 1).toString(16)}\r\n${'x'.repeat(LIMIT + 1)}\r\n`;
  const lines = [
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'close'],
  ];
  const answer = await exchange(address, `${head(address, 'POST', lines)}\r\n${chunk}0\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 413 /);
});

test('express: chunks are one body', async (t) => {
  const address = await serve(t, application());
  const lines = [
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'close'],
  ];
  const answer = await exchange(address, `${head(address, 'POST', lines)}\r\n6\r\nwhole \r\n4\r\nbody\r\n0\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 200 /);
});

test('express: a body that breaks off never reaches the handler', async (t) => {
  const calls = [];
  const check = guard(verifier());
  const address = await serve(t, (request, response) => check(request, response, () => calls.push(request)));
  const answer = await exchange(address, `${head(address, 'POST', [['Content-Length', '10']])}\r\nwhole`);
  assert.match(answer, /^HTTP\/1\.1 400 /);
  assert.deepEqual(calls, []);
});

test('express: an error of the key look-up is the application’s', async () => {
  const fault = new Error('the key store is away');
  const own = {
    claim: () => {
      throw fault;
    },
  };
  const errors = [];
  await guard(own)({ rawHeaders: [] }, undefined, (error) => errors.push(error));
  assert.deepEqual(errors, [fault]);
});

/** A guarded handler, and a fetch that reaches it without a network. */
function handler(options) {
  const guarded = guardHandler(
    async (request, environment) =>
      Response.json({ key: accessKeyOf(request), body: await request.text(), environment }),
    verifier(),
    options,
  );
  return { guarded, call: signingFetch(signer(), { fetch: (request) => guarded(request, 'environment') }) };
}

test('fetch handler: it learns the access key, and may read the body', async () => {
  const { call } = handler();
  for (const body of [undefined, 'body']) {
    const response = await call('http://h:8080/a%20b?b=1', { method: 'POST', body });
    assert.deepEqual(await response.json(), {
      key: credentials.accessKey,
      body: body ?? '',
      environment: 'environment',
    });
  }
});

test('fetch handler: refusals are answers', async () => {
  const { guarded, call } = handler({ bodyBytesMax: LIMIT });
  const codeOf = async (response) => [response.status, (await response.json()).error_code];
  assert.deepEqual(await codeOf(await guarded(new Request('http://h/'))), [401, 'MissingAuthorization']);
  const long = await call('http://h/', { method: 'POST', body: 'x'.repeat(LIMIT + 1) });
  assert.deepEqual(await codeOf(long), [413, 'BodyTooLong']);
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('broken off')) });
  const headers = Object.fromEntries(signer().sign({ method: 'POST', url: 'http://h/' }));
  const request = new Request('http://h/', { method: 'POST', headers, body: broken, duplex: 'half' });
  assert.deepEqual(await codeOf(await guarded(request)), [400, 'BodyIncomplete']);
});

test('fetch handler: a doubled header is refused, though Headers has joined it', async () => {
  const { guarded } = handler();
  for (const name of ['X-Sdk-Date', 'Authorization', 'X-Project-Id']) {
    const headers = new Headers(signer({ projectId: 'p' }).sign({ url: 'http://h/' }));
    headers.append(name, headers.get(name));
    assert.equal(
      (await (await guarded(new Request('http://h/', { headers }))).json()).error_code,
      'DuplicateHeader',
      name,
    );
  }
});
