import assert from 'node:assert/strict';
import { test } from 'node:test';
import { difference } from 'countersign';
import { now, send, signer, verifier } from '../support/fixtures.js';

const request = {
  method: 'POST',
  target: '/a?b=1',
  headers: [
    ['Host', 'h'],
    ['X-Bars', 'one|two||three'],
    ['X-Security-Token', 'confidential'],
    ['X-Many', '1'],
    ['X-Many', '2'],
  ],
  body: 'body',
};
const own = signer().explain(request, now).canonicalRequest;

/** What a gateway answers to a request whose canonical text is this. */
const refusal = (text) =>
  `{"error_code":"APIG.0303","error_msg":"Incorrect app authentication information: verify signature fail, canonicalRequest:${text.replaceAll('\n', '|')}","request_id":"0"}`;

test('the first part that differs is named', () => {
  for (const [from, to, expected] of [
    ['POST\n', 'PUT\n', 'The method differs: the server has "PUT", you signed "POST".'],
    ['/a/', '/b/', 'The path differs: the server has "/b/", you signed "/a/".'],
    ['b=1', 'b=%201', 'The query differs: the server has "b=%201", you signed "b=1".'],
    ['host:h', 'host:h:80', 'The header host differs: the server has "h:80", you signed "h".'],
    ['two||three', 'two|3', 'The header x-bars differs: the server has "one|two|3", you signed "one|two||three".'],
    ['x-many:2', 'x-many:3', 'The header x-many differs: the server has "1, 3", you signed "1, 2".'],
  ]) {
    assert.ok(difference(refusal(own.replace(from, to)), own).startsWith(expected), expected);
  }
});

test('a header that only one side has shows in the list of names', () => {
  const fewer = own.replace('x-many:1\nx-many:2\n', '').replace(';x-many', '');
  for (const [theirs, ours] of [
    [fewer, own],
    [own, fewer],
  ]) {
    assert.match(difference(refusal(theirs), ours), /^The list of signed names differs: the server has "host;/);
  }
});

test('a body that differs is named, whatever follows in the message', () => {
  const sent = { ...send(request, signer().sign(request, now)), body: 'other' };
  assert.throws(
    () => verifier().verify(sent, now),
    ({ canonicalRequest }) =>
      difference(refusal(canonicalRequest), own).startsWith('The payload differs: the server has "d9298a10'),
  );
});

test('where nothing differs the secret key does', () => {
  assert.match(difference(refusal(own), own), /another secret key/);
});

test('confidential values are not repeated', () => {
  const sentence = difference(refusal(own.replace('confidential', 'forged')), own);
  assert.equal(sentence, 'The header x-security-token differs.');
});

test('a message without a canonical request is told apart', () => {
  assert.match(difference('signature expired', own), /shows no canonical request/);
  assert.match(difference('canonicalRequest:GET|/', own), /no whole canonical request/);
  assert.match(difference(refusal(own), 'GET'), /no whole canonical request/);
});
