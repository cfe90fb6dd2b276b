import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Signer, UNSIGNED } from 'countersign';
import { codeOf, credentials, now, signer } from '../support/fixtures.js';
import { vectors } from '../support/repository.js';

const host = [['Host', 'h']];

test('the published example is reproduced', () => {
  const { wire, credential, authorization } = vectors('verify/published.json').find(({ id }) => id === 'kat/doc-vpc');
  const own = new Signer({ accessKey: credential.ak, secretKey: credential.sk });
  const given = wire.headers.filter(([name]) => name === 'Host' || name === 'Content-Type');
  const headers = own.sign({ ...wire, headers: given }, new Date('2019-11-15T03:36:55Z'));
  assert.equal(headers.at(-1)[0], 'Authorization');
  assert.ok(headers.at(-1)[1].endsWith(`Signature=${authorization.signature}`));
});

test('headers are trimmed, sorted, and left out where intermediaries rewrite them', () => {
  const headers = [
    ['X-B', ' two\t'],
    ['Host', 'h'],
    ['X-B', 'one'],
    ['X_Under', '1'],
    ['X-Blank', ' '],
    ['X-Half-Blank', ''],
    ['X-Half-Blank', 'x'],
    ['Content-Length', '0'],
    ['X-B-C', 'é'],
  ];
  const { canonicalRequest } = signer().explain({ target: '/a', headers }, now);
  const names = 'host;x-b;x-b-c;x-sdk-date';
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const block = 'host:h\nx-b:one\nx-b:two\nx-b-c:é\nx-sdk-date:20250102T030405Z\n';
  assert.equal(canonicalRequest, `GET\n/a/\n\n${block}\n${names}\n${empty}`);
});

test('every form of headers means the same', () => {
  const signed = (headers) => signer().sign({ target: '/', headers }, now);
  const pairs = signed([
    ['Host', 'h'],
    ['X-A', '1'],
    ['X-A', '2'],
  ]);
  assert.deepEqual(signed({ Host: 'h', 'X-A': ['1', '2'], 'X-None': undefined, 'X-Null': null }), pairs);
  assert.deepEqual(signed(new Map([['Host', 'h']])), signed(new Headers({ host: 'h' })));
});

test('an absolute url stands for its target and its host', () => {
  const byUrl = signer().explain({ url: 'http://h:8080/a%20b?q=1#part' }, now);
  const byTarget = signer().explain({ target: '/a%20b?q=1', headers: [['Host', 'h:8080']] }, now);
  assert.deepEqual(byUrl, byTarget);
  const named = signer().explain({ url: new URL('http://h:80/'), headers: { host: 'other' } }, now);
  assert.match(named.canonicalRequest, /\nhost:other\n/);
});

test('companions are added in their order and signed', () => {
  const own = signer({ projectId: 'p', domainId: 'd', securityToken: 't' });
  const headers = own.sign({ target: '/', headers: host, body: UNSIGNED }, now);
  const names = [
    'X-Sdk-Date',
    'X-Project-Id',
    'X-Domain-Id',
    'X-Security-Token',
    'X-Sdk-Content-Sha256',
    'Authorization',
  ];
  assert.deepEqual(
    headers.map(([name]) => name),
    names,
  );
  const signedNames = 'host;x-domain-id;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token';
  assert.ok(headers.at(-1)[1].includes(`SignedHeaders=${signedNames},`));
});

test('a body is the same as text, bytes and buffer', () => {
  const sign = (body) => signer().sign({ method: 'POST', target: '/', headers: host, body }, now);
  const bytes = new TextEncoder().encode('{"name": "你好"}');
  assert.deepEqual(sign('{"name": "你好"}'), sign(bytes));
  assert.deepEqual(sign(bytes.buffer), sign(bytes));
  assert.deepEqual(sign(''), sign(undefined));
  assert.notDeepEqual(sign(bytes), sign(null));
});

test('without a time the system clock counts', () => {
  const [[name, date]] = signer().sign({ target: '/', headers: host });
  assert.equal(name, 'X-Sdk-Date');
  assert.match(date, /^20\d{6}T\d{6}Z$/);
  assert.throws(() => signer().sign({ target: '/', headers: host }, new Date(NaN)), RangeError);
});

test('a request is neither changed nor remembered', () => {
  const request = { target: '/', headers: { Host: 'h' } };
  const own = signer();
  assert.deepEqual(own.sign(request, now), own.sign(request, now));
  assert.deepEqual(request, { target: '/', headers: { Host: 'h' } });
});

test('SM3 declares its unsigned payload in its own header', () => {
  const headers = signer({ algorithm: 'SDK-HMAC-SM3' }).sign({ target: '/', headers: host, body: UNSIGNED }, now);
  assert.ok(headers.some(([name, value]) => name === 'X-Sdk-Content-Sm3' && value === 'UNSIGNED-PAYLOAD'));
  assert.match(headers.at(-1)[1], /^SDK-HMAC-SM3 Access=AccessKey, /);
});

test('what a signer cannot be made from has a name', () => {
  const scoped = { algorithm: 'V11-HMAC-SHA256' };
  for (const [options, code] of [
    [{ accessKey: '' }, 'MissingCredentials'],
    [{ secretKey: undefined }, 'MissingCredentials'],
    [{ accessKey: 'a,b' }, 'BadCredentials'],
    [{ accessKey: 'a b' }, 'BadCredentials'],
    [{ accessKey: 'clé' }, 'BadCredentials'],
    [{ ...scoped, accessKey: 'a/b', region: 'r', service: 's' }, 'BadCredentials'],
    [{ securityToken: 'a\r\nb' }, 'BadCredentials'],
    [{ securityToken: ' ' }, 'BadCredentials'],
    [{ projectId: 'a\nb' }, 'BadCredentials'],
    [{ algorithm: 'SDK-HMAC-MD5' }, 'UnsupportedAlgorithm'],
    [{ algorithm: 'SDK-SM2-SM3' }, 'UnsupportedAlgorithm'],
    [scoped, 'MissingScope'],
    [{ ...scoped, region: 'r' }, 'MissingScope'],
    [{ ...scoped, region: 'r/x', service: 's' }, 'BadScope'],
  ]) {
    assert.equal(
      codeOf(() => signer(options)),
      code,
      inspect(options),
    );
  }
});

test('what cannot be sent as it is has a name', () => {
  for (const [request, code] of [
    [{ headers: undefined }, 'MissingHost'],
    [{ target: '/', headers: [['Host', ' ']] }, 'MissingHost'],
    [{ method: 'GE T' }, 'BadMethod'],
    [{ method: '' }, 'BadMethod'],
    [{ target: 'http://h/' }, 'BadTarget'],
    [{ target: '' }, 'BadTarget'],
    [{ target: '/a b' }, 'BadTarget'],
    [{ target: '/a\nb' }, 'BadTarget'],
    [{ target: undefined }, 'BadTarget'],
    [{ target: undefined, url: '/no-host' }, 'BadTarget'],
    [{ headers: [...host, ['a b', '']] }, 'BadHeader'],
    [{ headers: [...host, ['', '']] }, 'BadHeader'],
    [{ headers: [...host, ['a', 'b\r\nc: d']] }, 'BadHeader'],
    [{ headers: [...host, ['a', '\x7f']] }, 'BadHeader'],
    [{ headers: [...host, ['host', 'other']] }, 'TakenHeader'],
    [{ headers: [['Host', ''], ...host] }, 'TakenHeader'],
    [{ headers: [...host, ['authorization', 'x']] }, 'TakenHeader'],
    [{ headers: [...host, ['X-SDK-Date', 'x']] }, 'TakenHeader'],
  ]) {
    assert.equal(
      codeOf(() => signer().sign({ target: '/', headers: host, ...request }, now)),
      code,
      inspect(request),
    );
  }
  const twice = () => signer({ projectId: 'p' }).sign({ target: '/', headers: [...host, ['x-project-id', 'q']] }, now);
  assert.equal(codeOf(twice), 'TakenHeader');
});

test('the secret shows nowhere', () => {
  const views = [signer(), signer({ algorithm: 'V11-HMAC-SHA256', region: 'r', service: 's' })].flatMap((own) => [
    inspect(own, { showHidden: true, depth: 9, getters: true }),
    JSON.stringify(own),
    String(own),
    ...Object.values(own),
  ]);
  const failed = assert.throws.bind(undefined, () => signer({ accessKey: 'a,b' }));
  failed((error) => !inspect(error, { showHidden: true }).includes(credentials.secretKey));
  for (const view of views) assert.ok(!view.includes(credentials.secretKey), view);
});
