import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SigningError, VerificationError, difference } from 'countersign';
import { codeOf, now, send, signer, verifier } from '../support/fixtures.js';

const LONG = 1_000_000;

/** Numbers below the bound, the same in every run. */
function random(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % bound;
  };
}

/** Replaces, drops or doubles a stretch of the text. */
function mutate(text, below) {
  const start = below(text.length + 1);
  const end = Math.min(text.length, start + below(4));
  const noise = ['', text.slice(start, end).repeat(2), String.fromCharCode(below(256)), ',', ';', '=', '%', '\u4f60'];
  return text.slice(0, start) + noise[below(noise.length)] + text.slice(end);
}

test('a mutated request is accepted or refused by name, and never anything else', () => {
  const below = random(1);
  const request = {
    method: 'GET',
    target: '/a%20b?b=2&a=1',
    headers: [
      ['Host', 'h'],
      ['X-Name', 'value'],
    ],
    body: '',
  };
  const genuine = send(request, signer().sign(request, now));
  const counts = { accepted: 0, refused: 0 };
  for (let i = 0; i < 20_000; i += 1) {
    const headers = genuine.headers.map((line) => [...line]);
    const line = headers[below(headers.length)];
    line[below(2)] = mutate(line[below(2)], below);
    const target = below(2) === 0 ? genuine.target : mutate(genuine.target, below);
    try {
      verifier().verify({ ...genuine, target, headers }, now);
      counts.accepted += 1;
    } catch (error) {
      assert.ok(error instanceof VerificationError, error.stack);
      counts.refused += 1;
    }
  }
  assert.ok(counts.accepted > 0 && counts.refused > counts.accepted, JSON.stringify(counts));
});

test('a mutated request is signed or refused by name, and never anything else', () => {
  const below = random(2);
  for (let i = 0; i < 20_000; i += 1) {
    const [method, target, name, value] = ['GET', '/a?b=1', 'X-Name', 'value'].map((text) => mutate(text, below));
    const request = {
      method,
      target,
      headers: [
        ['Host', 'h'],
        [name, value],
      ],
    };
    try {
      const headers = signer().sign(request, now);
      assert.equal(verifier().verify(send(request, headers), now), 'AccessKey');
    } catch (error) {
      assert.ok(error instanceof SigningError, error.stack);
    }
  }
});

test('very long texts are refused like short ones', () => {
  const blanks = ' '.repeat(LONG);
  const authorization = (value) => [
    ['Authorization', value],
    ['X-Sdk-Date', '20250102T030405Z'],
  ];
  const refusal = (headers, target = '/') => codeOf(() => verifier().verify({ target, headers }, now));
  const signed = `SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=${'0'.repeat(64)}`;
  assert.equal(refusal(authorization(`SDK-HMAC-SHA256${blanks}x${blanks}`)), 'MissingAccessKey');
  assert.equal(refusal(authorization(','.repeat(LONG))), 'MissingAuthorization');
  assert.equal(
    refusal(authorization(`SDK-HMAC-SHA256 Access=a, SignedHeaders=${'a;'.repeat(LONG)}`)),
    'MalformedAuthorization',
  );
  assert.equal(refusal([...authorization(signed), ['X-Many', `a${blanks}b`]]), 'Mismatch');
  for (const piece of ['&', '%', '=', 'a=1&', '%41', '/']) {
    assert.equal(refusal(authorization(signed), `/?${piece.repeat(LONG)}`), 'Mismatch');
    assert.equal(refusal(authorization(signed), `/${piece.repeat(LONG)}`), 'Mismatch');
  }
});

test('a very long refusal is read like a short one', () => {
  const pieces = 'a|'.repeat(LONG);
  const message = `canonicalRequest:GET|/||${pieces}|${'a;'.repeat(LONG)}|0`;
  assert.match(difference(message, signer().explain({ url: 'http://h/' }, now).canonicalRequest), /differs/);
});
