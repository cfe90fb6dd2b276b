import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { MismatchError, UNSIGNED, Verifier } from 'countersign';
import { codeOf, credentials, now, send, signer, verifier } from '../support/fixtures.js';
import { vectors } from '../support/repository.js';

const seconds = (count) => new Date(now.getTime() + count * 1000);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

const plain = {
  method: 'POST',
  target: '/orders/1?b=2&a=1',
  headers: [
    ['Host', 'h'],
    ['Content-Type', 'application/json'],
    ['X-Name', '你好 é'],
  ],
  body: '{"amount": 1}',
};

/** A request as it arrives, signed. */
const arrived = (request = plain, options = {}) => send(request, signer(options).sign(request, now));

const replaced = (request, name, change) => ({
  ...request,
  headers: request.headers.map(([own, value]) => [own, own === name ? change(value) : value]),
});

const added = (request, ...lines) => ({ ...request, headers: [...request.headers, ...lines] });

const without = (request, name) => ({ ...request, headers: request.headers.filter(([own]) => own !== name) });

test('the published examples are accepted', () => {
  const published = vectors('verify/published.json').filter(({ expect }) => expect.result === 'accept');
  assert.ok(published.length >= 4);
  for (const { id, wire, credential } of published) {
    const own = new Verifier({
      keys: new Map([[credential.ak, credential.sk]]),
      algorithms: ['SDK-HMAC-SHA256', 'V11-HMAC-SHA256', 'SDK-HMAC-SM3'],
    });
    const [, date] = wire.headers.find(([name]) => name === 'X-Sdk-Date');
    const time = new Date(date.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));
    assert.equal(own.verify({ ...wire, body: Buffer.from(wire.body_b64, 'base64') }, time), credential.ak, id);
  }
});

test('what a signer signs is accepted under every algorithm', () => {
  for (const algorithm of ['SDK-HMAC-SHA256', 'V11-HMAC-SHA256', 'SDK-HMAC-SM3']) {
    const own = verifier({ algorithms: [algorithm] });
    for (const body of [plain.body, '', UNSIGNED]) {
      const request = arrived({ ...plain, body }, { algorithm, region: 'r-1', service: 's' });
      const sent = body === UNSIGNED ? { ...request, body: 'anything' } : request;
      assert.equal(own.verify(sent, now), credentials.accessKey);
    }
  }
});

test('each change of a signed request is refused', () => {
  const request = arrived();
  const flipped = (value) => value.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  const changes = {
    method: { ...request, method: 'PUT' },
    'method in lower case': { ...request, method: 'post' },
    path: { ...request, target: '/orders/2?b=2&a=1' },
    'longer path': { ...request, target: '/orders/1/x?b=2&a=1' },
    'escaped twice': { ...request, target: '/orders/%2531?b=2&a=1' },
    'value of the query': { ...request, target: '/orders/1?b=3&a=1' },
    'name of the query': { ...request, target: '/orders/1?c=2&a=1' },
    'added to the query': { ...request, target: '/orders/1?b=2&a=1&c=' },
    'left out of the query': { ...request, target: '/orders/1?b=2' },
    'no query': { ...request, target: '/orders/1' },
    host: replaced(request, 'Host', () => 'i'),
    'host with port': replaced(request, 'Host', () => 'h:80'),
    'value of a header': replaced(request, 'Content-Type', () => 'text/json'),
    'another line of a signed header': added(request, ['content-type', 'text/json']),
    'no signed header': without(request, 'X-Name'),
    'later date': replaced(request, 'X-Sdk-Date', () => '20250102T030406Z'),
    body: { ...request, body: '{"amount": 9}' },
    'longer body': { ...request, body: `${request.body} ` },
    'no body': { ...request, body: null },
    signature: replaced(request, 'Authorization', flipped),
    'order of signed names': replaced(request, 'Authorization', (value) =>
      value.replace('content-type;host', 'host;content-type'),
    ),
    'fewer signed names': replaced(request, 'Authorization', (value) => value.replace('content-type;', '')),
    'declared unsigned': added(request, ['X-Sdk-Content-Sha256', 'UNSIGNED-PAYLOAD']),
  };
  assert.equal(verifier().verify(request, now), credentials.accessKey);
  for (const [change, tampered] of Object.entries(changes)) {
    assert.equal(
      codeOf(() => verifier().verify(tampered, now)),
      'Mismatch',
      change,
    );
  }
});

test('what means the same is accepted', () => {
  const request = arrived();
  for (const same of [
    { ...request, target: '/orders/1?a=1&b=2' },
    { ...request, target: '/orders%2F1/?&a=%31&&b=2&' },
    { ...request, headers: [...request.headers].reverse() },
    added(request, ['X-Unsigned', 'anything']),
    replaced(request, 'Content-Type', (value) => ` \t${value} `),
    replaced(request, 'Authorization', (value) => value.replaceAll(', ', ' ,\t')),
  ]) {
    assert.equal(verifier().verify(same, now), credentials.accessKey);
  }
});

test('a signed header that is absent counts as empty', () => {
  const request = {
    target: '/',
    headers: [
      ['Host', 'h'],
      ['X-Sdk-Date', '20250102T030405Z'],
    ],
  };
  const authorization = 'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-absent;x-sdk-date, Signature=';
  const unsigned = added(request, ['Authorization', authorization + '0'.repeat(64)]);
  assert.throws(
    () => verifier().verify(unsigned, now),
    (error) => error.canonicalRequest.includes('\nx-absent:\n'),
  );
});

test('refusals come in their order', () => {
  const request = arrived();
  const stale = (value) => replaced(value, 'X-Sdk-Date', () => '20240102T030405Z');
  const authorization = (change) => replaced(request, 'Authorization', change);
  for (const [refused, code] of [
    [without(request, 'Authorization'), 'MissingAuthorization'],
    [authorization(() => 'Bearer x'), 'MissingAuthorization'],
    [authorization(() => ''), 'MissingAuthorization'],
    [
      added(
        authorization(() => 'Bearer x'),
        ['authorization', 'Bearer y'],
      ),
      'DuplicateHeader',
    ],
    [authorization((value) => value.replace('SHA256', 'MD5')), 'UnsupportedAlgorithm'],
    [authorization((value) => value.replace('SDK-', 'sdk-')), 'UnsupportedAlgorithm'],
    [authorization((value) => value.replace('Access=AccessKey', 'Access=')), 'MissingAccessKey'],
    [authorization((value) => value.replace('Access=', 'Credential=')), 'MissingAccessKey'],
    [
      added(
        authorization((value) => `${value}0`),
        ['Host', 'h'],
      ),
      'MalformedAuthorization',
    ],
    [added(without(request, 'X-Sdk-Date'), ['Host', 'h']), 'DuplicateHeader'],
    [added(request, ['x-sdk-date', '20250102T030405Z']), 'DuplicateHeader'],
    [added(request, ['X-Security-Token', 't'], ['X-Security-Token', 't']), 'DuplicateHeader'],
    [without(request, 'X-Sdk-Date'), 'MissingDate'],
    [replaced(request, 'X-Sdk-Date', () => '20250230T030405Z'), 'BadDate'],
    [replaced(request, 'X-Sdk-Date', () => '2025-01-02T03:04:05Z'), 'BadDate'],
    [stale(authorization((value) => value.replace('AccessKey', 'Nobody'))), 'Expired'],
    [authorization((value) => value.replace('AccessKey', 'Nobody')), 'UnknownKey'],
    [authorization((value) => value.replace('AccessKey', 'constructor')), 'UnknownKey'],
    [authorization((value) => value.replace('HMAC-SHA256', 'HMAC-SM3')), 'UnsupportedAlgorithm'],
    [
      authorization((value) => value.replace('HMAC-SHA256', 'ECDSA-P256-SHA256').replace(/=\w+$/, '=30')),
      'UnsupportedAlgorithm',
    ],
    [added(request, ['X-Sdk-Content-Sha256', 'abc']), 'BadContentHash'],
    [replaced(request, 'X-Name', () => 'a\nb'), 'MalformedAuthorization'],
    [replaced(request, 'X-Name', () => '\u4f60'), 'MalformedAuthorization'],
  ]) {
    assert.equal(
      codeOf(() => verifier().verify(refused, now)),
      code,
      inspect(refused),
    );
  }
});

test('the Authorization header is read by its grammar alone', () => {
  const request = arrived();
  for (const change of [
    (value) => `${value}, more`,
    (value) => value.replace(/Signature=.*/, 'Signature='),
    (value) => value.replace(/[a-f](?=\w*$)/, (digit) => digit.toUpperCase()),
    (value) => value.replace('host;', 'Host;'),
    (value) => value.replace('host;', 'host;host;'),
    (value) => value.replace('host;', 'host;;'),
    (value) => value.replace('host;', 'authorization;host;'),
    (value) => value.replace(';x-sdk-date', ''),
    (value) => value.replace('host;', Array.from({ length: 100 }, (_, i) => `x-${i};`).join('')),
    (value) => value.replace('AccessKey', 'Access Key'),
    (value) => value.replace(/, Signature=.*/, ''),
    (value) => value.replace(/(SignedHeaders=[^,]*), (Signature=\w*)/, '$2, $1'),
  ]) {
    const refused = replaced(request, 'Authorization', change);
    assert.equal(
      codeOf(() => verifier().verify(refused, now)),
      'MalformedAuthorization',
      inspect(refused.headers),
    );
  }
});

test('the 900th second is in time and the next is not', () => {
  const request = arrived();
  for (const offset of [-900, 0, 900]) assert.equal(verifier().verify(request, seconds(offset)), credentials.accessKey);
  for (const offset of [-901, 901]) {
    const late = seconds(offset);
    assert.throws(
      () => verifier().verify(request, late),
      (error) => {
        const server = late.toISOString().replace(/[-:]|\.000/g, '');
        return error.code === 'Expired' && error.message.includes('20250102T030405Z') && error.message.includes(server);
      },
    );
  }
});

test('the scope of a scoped algorithm has three parts and the day of the date', () => {
  const options = { algorithm: 'V11-HMAC-SHA256', region: 'r', service: 's' };
  const request = arrived(plain, options);
  const own = verifier({ algorithms: [options.algorithm] });
  for (const scope of ['20250103/r/s', '20250102/r', '20250102/r/s/t', '20250102//s']) {
    const refused = replaced(request, 'Authorization', (value) => value.replace('20250102/r/s', scope));
    assert.equal(
      codeOf(() => own.verify(refused, now)),
      'MalformedAuthorization',
      scope,
    );
  }
  const other = replaced(request, 'Authorization', (value) => value.replace('20250102/r/s', '20250102/r/t'));
  assert.equal(
    codeOf(() => own.verify(other, now)),
    'Mismatch',
  );
});

test('a declared digest binds the body, in either case', () => {
  const digest = sha256('body');
  for (const declared of [digest, digest.toUpperCase()]) {
    const signed = signedAs(declared);
    assert.equal(verifier().verify({ ...signed, body: 'body' }, now), credentials.accessKey);
    assert.equal(
      codeOf(() => verifier().verify({ ...signed, body: 'Body' }, now)),
      'ContentHashMismatch',
    );
    assert.equal(
      codeOf(() =>
        verifier().claim(
          replaced(signed, 'Host', () => 'i'),
          now,
        ),
      ),
      'Mismatch',
    );
  }
});

test('a payload declared unsigned may be refused, and may have been signed as empty', () => {
  const strict = verifier({ unsignedPayload: false });
  const unsigned = { ...signedAs('UNSIGNED-PAYLOAD'), body: 'body' };
  assert.equal(verifier().verify(unsigned, now), credentials.accessKey);
  assert.equal(
    codeOf(() => strict.verify(unsigned, now)),
    'UnsignedPayload',
  );
  const empty = signedAs('UNSIGNED-PAYLOAD', sha256(''));
  for (const own of [verifier(), strict]) {
    assert.equal(own.verify(empty, now), credentials.accessKey);
    assert.equal(
      codeOf(() => own.verify({ ...empty, body: 'body' }, now)),
      'ContentHashMismatch',
    );
  }
});

/** A request that declares a payload and signs a payload line, by whatever means. */
function signedAs(declared, line = declared) {
  const digest = { 'X-Sdk-Content-Sha256': declared };
  const request = { target: '/', headers: Object.entries({ Host: 'h', 'X-Sdk-Date': '20250102T030405Z', ...digest }) };
  const authorization =
    'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-content-sha256;x-sdk-date, Signature=';
  return added(request, ['Authorization', authorization + signatureOver(request, line)]);
}

function signatureOver({ headers }, line) {
  const block = headers
    .map(([name, value]) => `${name.toLowerCase()}:${value}\n`)
    .sort()
    .join('');
  const canonical = `GET\n/\n\n${block}\nhost;x-sdk-content-sha256;x-sdk-date\n${line}`;
  const text = `SDK-HMAC-SHA256\n20250102T030405Z\n${sha256(canonical)}`;
  return createHmac('sha256', credentials.secretKey).update(text).digest('hex');
}

test('another header may carry the signature, and then Authorization is somebody else’s', () => {
  const own = verifier({ header: 'X-Backend-Signature' });
  const request = arrived();
  const moved = {
    ...request,
    headers: request.headers.map(([name, value]) => [name === 'Authorization' ? 'x-backend-signature' : name, value]),
  };
  assert.equal(own.verify(added(moved, ['Authorization', 'Bearer x']), now), credentials.accessKey);
  assert.equal(
    codeOf(() => own.verify(request, now)),
    'MissingAuthorization',
  );
  assert.equal(
    codeOf(() => own.verify(added(moved, ['X-Backend-Signature', 'y']), now)),
    'DuplicateHeader',
  );
});

test('keys may be a function, and are asked for each request', () => {
  const keys = new Map();
  for (const form of [keys, (accessKey) => keys.get(accessKey)]) {
    keys.clear();
    const own = new Verifier({ keys: form });
    assert.equal(
      codeOf(() => own.verify(arrived(), now)),
      'UnknownKey',
    );
    keys.set(credentials.accessKey, credentials.secretKey);
    assert.equal(own.verify(arrived(), now), credentials.accessKey);
  }
});

test('an algorithm that the library lacks is refused when the verifier is made', () => {
  for (const algorithm of ['SDK-SM2-SM3', 'sdk-hmac-sha256', '']) {
    assert.equal(
      codeOf(() => verifier({ algorithms: [algorithm] })),
      'UnsupportedAlgorithm',
    );
  }
});

test('a mismatch carries the canonical request but does not print it', () => {
  const request = { ...arrived(plain, { securityToken: 'confidential-token' }), method: 'PUT' };
  assert.throws(
    () => verifier().verify(request, now),
    (error) => {
      assert.ok(error instanceof MismatchError);
      assert.ok(error.canonicalRequest.startsWith('PUT\n/orders/1/\na=1&b=2\n'));
      assert.ok(error.canonicalRequest.includes('x-name:你好 é\n'));
      return !inspect(error, { showHidden: true }).includes('confidential-token');
    },
  );
});

test('the secret shows nowhere', () => {
  const own = verifier();
  const claim = own.claim(arrived(), now);
  for (const view of [own, claim].flatMap((each) => [
    inspect(each, { showHidden: true, depth: 9 }),
    JSON.stringify(each),
  ])) {
    assert.ok(!view.includes(credentials.secretKey), view);
  }
});
