import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { WebSigner } from 'countersign/web';
import { UNSIGNED } from 'countersign';
import { credentials, now, signer } from '../support/fixtures.js';

globalThis.crypto ??= webcrypto;

const request = {
  method: 'POST',
  target: '/a%20b/你?b=2&a=%C3%A9&a',
  headers: [
    ['Host', 'h'],
    ['X-Name', '你好 é'],
  ],
  body: '{"name": "你好"}',
};

test('a web signer signs as a signer on node:crypto does', async () => {
  for (const options of [
    {},
    { securityToken: 't', projectId: 'p', domainId: 'd' },
    { algorithm: 'V11-HMAC-SHA256', region: 'r', service: 's' },
  ]) {
    const web = await WebSigner.create({ ...credentials, ...options });
    for (const body of [request.body, new Uint8Array([0, 255]), '', UNSIGNED]) {
      const explained = signer(options).explain({ ...request, body }, now);
      assert.deepEqual(await web.explain({ ...request, body }, now), explained);
      assert.deepEqual(await web.sign({ ...request, body }, now), explained.headers);
    }
  }
});

test('its key cannot be exported', async () => {
  const web = await WebSigner.create(credentials);
  assert.equal(web.key.extractable, false);
  assert.deepEqual(web.key.usages, ['sign']);
  for (const format of ['raw', 'jwk']) await assert.rejects(crypto.subtle.exportKey(format, web.key), /extractable/i);
  assert.ok(!inspect(web, { showHidden: true, depth: 9 }).includes(credentials.secretKey));
});

test('what it cannot be made from has a name', async () => {
  const create = (options) => WebSigner.create({ ...credentials, ...options });
  await assert.rejects(create({ secretKey: '' }), { code: 'MissingCredentials' });
  await assert.rejects(create({ algorithm: 'SDK-HMAC-SM3' }), { code: 'UnsupportedAlgorithm' });
  await assert.rejects(create({ algorithm: 'V11-HMAC-SHA256' }), { code: 'MissingScope' });
  const web = await create({});
  await assert.rejects(web.sign({ target: '/' }), { code: 'MissingHost' });
});
