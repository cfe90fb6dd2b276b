import assert from 'node:assert/strict';
import axios from 'axios';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { test } from 'node:test';
import { signing } from 'countersign/axios';
import { signingFetch } from 'countersign/fetch';
import { signingRequest } from 'countersign/http';
import { serveEcho } from '../support/echo.js';
import { signer } from '../support/fixtures.js';

/** Every adapter as one function: sends, and gives status and answer. */
const ADAPTERS = {
  fetch: (options) => {
    const fetch = signingFetch(signer(), options);
    return async (url, init) => {
      const response = await fetch(url, init);
      return { status: response.status, answer: await response.json() };
    };
  },
  http: (options) => {
    const request = signingRequest(signer(), options);
    return async (url, init) => {
      const response = await request(url, init);
      return { status: response.statusCode, answer: await json(response) };
    };
  },
  axios: (options) => {
    const client = axios.create({ validateStatus: () => true });
    client.interceptors.request.use(signing(signer(), options));
    return async (url, { body, ...init } = {}) => {
      const response = await client.request({ url, ...init, data: body });
      return { status: response.status, answer: response.data };
    };
  },
};

const minutesOff = (minutes) => ({ now: () => new Date(Date.now() + minutes * 60_000) });

for (const [name, adapter] of Object.entries(ADAPTERS)) {
  test(`${name}: requests of every kind arrive as they were signed`, async (t) => {
    const { url, requests } = await serveEcho(t);
    const send = adapter();
    for (const [path, init] of [
      ['/'],
      ['/a%20b/%E4%BD%A0/~x;y=z/?b=2&a=10&a=9&empty=&flag#part'],
      ['/你/"?q=你 好&r=[1]'],
      ['/get', { headers: { 'X-Name': '你好 é', 'X-Padded': ' x ' } }],
      ['/post', { method: 'POST', body: '{"name": "你好"}', headers: { 'Content-Type': 'application/json' } }],
      ['/put', { method: 'PUT', body: Buffer.from([0, 1, 254, 255]) }],
      ['/patch', { method: 'PATCH', body: Buffer.alloc(1_000_000, 'x') }],
      ['/post', { method: 'POST' }],
      ['/delete', { method: 'DELETE' }],
    ]) {
      const { status, answer } = await send(url + path, init);
      assert.equal(status, 200, `${path} ${JSON.stringify(answer)}`);
      assert.equal(answer.body, Buffer.from(init?.body ?? '').toString('latin1'));
    }
    const named = requests.find((request) => request.url === '/get');
    assert.equal(Buffer.from(named.headers['x-name'], 'latin1').toString(), '你好 é');
  });

  test(`${name}: a wrong clock is corrected once, and remembered`, async (t) => {
    const { url, requests } = await serveEcho(t);
    const send = adapter({ correctClock: true, ...minutesOff(-60) });
    const init = { method: 'POST', body: 'body' };
    assert.deepEqual(await send(url, init), { status: 200, answer: { target: '/', body: 'body' } });
    assert.equal(requests.length, 2);
    assert.equal((await send(url, init)).status, 200);
    assert.equal(requests.length, 3);
  });

  test(`${name}: a clock is not corrected unasked, nor for another refusal`, async (t) => {
    const { url, requests } = await serveEcho(t);
    const unasked = await adapter(minutesOff(60))(url);
    assert.deepEqual([unasked.status, unasked.answer.error_code, requests.length], [401, 'Expired', 1]);
    const stranger = await serveEcho(t, { keys: {} });
    const refused = await adapter({ correctClock: true })(stranger.url);
    assert.deepEqual([refused.status, refused.answer.error_code, stranger.requests.length], [401, 'UnknownKey', 1]);
  });

  test(`${name}: a payload may be left out of the signature`, async (t) => {
    const { url, requests } = await serveEcho(t);
    const { status } = await adapter({ unsignedPayload: true })(url, { method: 'POST', body: 'body' });
    assert.equal(status, 200);
    assert.equal(requests[0].headers['x-sdk-content-sha256'], 'UNSIGNED-PAYLOAD');
    const strict = await serveEcho(t, { unsignedPayload: false });
    const refused = await adapter({ unsignedPayload: true })(strict.url, { method: 'POST', body: 'body' });
    assert.equal(refused.answer.error_code, 'UnsignedPayload');
  });

  test(`${name}: what cannot be signed is not sent`, async (t) => {
    const { url, requests } = await serveEcho(t);
    await assert.rejects(adapter()(url, { headers: { 'X-Sdk-Date': 'now' } }), { code: 'TakenHeader' });
    assert.equal(requests.length, 0);
  });
}

test('fetch: every body that fetch takes is signed as it is sent', async (t) => {
  const { url } = await serveEcho(t);
  const form = new FormData();
  form.set('file', new Blob(['content']), 'name');
  const stream = Readable.toWeb(Readable.from([Buffer.from('a'), Buffer.from('b')]));
  for (const body of [form, new URLSearchParams({ a: 'é' }), new Blob(['b'], { type: 'text/plain' }), stream]) {
    const response = await signingFetch(signer())(new Request(url, { method: 'POST', body, duplex: 'half' }));
    assert.equal(response.status, 200);
  }
});

test('fetch: header bytes that are no text are refused, because they could not be signed', async () => {
  const headers = new Headers({ 'X-Name': 'é' });
  await assert.rejects(signingFetch(signer())('http://127.0.0.1:9/', { headers }), { code: 'BadHeader' });
});

for (const name of ['http', 'axios']) {
  test(`${name}: the caller may name the host`, async (t) => {
    const { url, requests } = await serveEcho(t);
    const { status } = await ADAPTERS[name]()(url, { headers: { Host: 'group.example.com' } });
    assert.equal(status, 200);
    assert.equal(requests[0].headers.host, 'group.example.com');
    assert.match(requests[0].headers.authorization, /SignedHeaders=[^,]*host/);
  });
}

test('fetch: a host that fetch would not send is refused', async () => {
  const call = (headers) => signingFetch(signer())('http://127.0.0.1:9/', { headers });
  await assert.rejects(call({ Host: 'group.example.com' }), { code: 'BadHeader' });
  await assert.rejects(call({ Host: '127.0.0.1:9' }), TypeError);
});

test('http: header lines of one name are all signed', async (t) => {
  const { url, requests } = await serveEcho(t);
  const response = await signingRequest(signer())(url, { headers: { 'X-Many': ['b', 'a'] } });
  assert.equal(response.statusCode, 200);
  assert.equal(requests[0].rawHeaders.filter((name) => name === 'X-Many').length, 2);
  response.resume();
});

test('http: a stream goes out unsigned, or not at all', async (t) => {
  const { url } = await serveEcho(t);
  const init = () => ({ method: 'POST', body: Readable.from([Buffer.from('a'), Buffer.from('b')]) });
  const { body } = await json(await signingRequest(signer(), { unsignedPayload: true })(url, init()));
  assert.equal(body, 'ab');
  await assert.rejects(signingRequest(signer())(url, init()), TypeError);
});

test('axios: data, parameters, forms and base addresses are signed as axios sends them', async (t) => {
  const { url } = await serveEcho(t);
  const client = axios.create({ baseURL: `${url}/v1`, params: { fixed: 'a b' } });
  client.interceptors.request.use(signing(signer()));
  const form = new FormData();
  form.set('file', new Blob(['content']), 'name');
  assert.equal((await client.get('orders', { params: { tags: ['x', 'y'], at: new Date(0) } })).status, 200);
  assert.equal(
    (await client.post('orders', { name: '你好' })).data.body,
    Buffer.from('{"name":"你好"}').toString('latin1'),
  );
  assert.equal((await client.post('orders', new URLSearchParams({ a: 'é' }))).data.body, 'a=%C3%A9');
  assert.match((await client.post('orders', form)).data.body, /content/);
  assert.equal((await client.post('orders', Readable.from(['a'])).catch((error) => error)).constructor, TypeError);
});

test('axios: interceptors may still change the request, and refusals are thrown as ever', async (t) => {
  const { url } = await serveEcho(t);
  const client = axios.create();
  client.interceptors.request.use((config) => Object.assign(config, { url: `${url}/changed` }));
  client.interceptors.request.use(signing(signer(), { correctClock: true, ...minutesOff(60) }));
  assert.equal((await client.get('http://127.0.0.1:9/')).data.target, '/changed');
  const stranger = await serveEcho(t, { keys: {} });
  const other = axios.create();
  other.interceptors.request.use(signing(signer()));
  await assert.rejects(other.get(stranger.url), (error) => error.response.data.error_code === 'UnknownKey');
});
