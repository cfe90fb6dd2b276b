import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalPath, canonicalQuery, comparePairs } from '../src/canonical.js';
import { toByteString } from '../src/bytes.js';

/** Numbers that are the same in every run. */
function* random(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state >>> 8;
  }
}

function* texts(alphabet, count) {
  const numbers = random(7);
  const next = () => numbers.next().value;
  for (let i = 0; i < count; i += 1) {
    yield Array.from({ length: next() % 24 }, () => alphabet[next() % alphabet.length]).join('');
  }
}

test('the canonical path is decoded once, encoded, and ends in a slash', () => {
  for (const [path, expected] of [
    ['', '/'],
    ['/v1/ping', '/v1/ping/'],
    ['/v1/ping/', '/v1/ping/'],
    ['/a%2Fb', '/a/b/'],
    ['/a//b', '/a//b/'],
    ['/a/./../b', '/a/./../b/'],
    ['/a%2520b+c', '/a%2520b%2Bc/'],
    ['/%', '/%25/'],
    ['/%4', '/%254/'],
    ['/%zz%41', '/%25zzA/'],
    ['/%e4%bd%a0*', '/%E4%BD%A0%2A/'],
    [toByteString('/你'), '/%E4%BD%A0/'],
  ]) {
    assert.equal(canonicalPath(path), expected);
  }
});

test('the canonical query is sorted by what its pairs mean', () => {
  for (const [query, expected] of [
    ['', ''],
    ['&&', ''],
    ['b=2&a=10&a=9&%61=1', 'a=1&a=10&a=9&b=2'],
    ['&b&a=&&', 'a=&b='],
    ['a=b=c', 'a=b%3Dc'],
    ['%C3%A9=1&z=2', 'z=2&%C3%A9=1'],
    ['=', '='],
    ['a=+&a=%20', 'a=%20&a=%2B'],
    ['a-b=1&a=2', 'a=2&a-b=1'],
    ['a=1&a-b=2', 'a=1&a-b=2'],
    ['a=10&a=1', 'a=1&a=10'],
    ['a=1&a=10&ab=0', 'a=1&a=10&ab=0'],
  ]) {
    assert.equal(canonicalQuery(query), expected, query);
  }
});

test('characters beyond the first plane sort as their bytes do', () => {
  const query = toByteString('\u{1F600}=1&\uFFFD=2');
  assert.equal(canonicalQuery(query), '%EF%BF%BD=2&%F0%9F%98%80=1');
});

test('canonical text is its own canonical text, and the short way to it is the long one', () => {
  for (const query of texts(['a', 'b', 'A', '0', '-', '~', '=', '&', '%', '4', '%41', '%3D', '+', '\xe9'], 5000)) {
    const canonical = canonicalQuery(query);
    assert.equal(canonicalQuery(canonical), canonical, query);
    assert.equal(canonical, theLongWay(query), query);
  }
});

function theLongWay(query) {
  const decode = (text) => text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
  const encode = (text) =>
    [...text]
      .map((each) =>
        /[\w\-.~]/.test(each) ? each : `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      )
      .join('');
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((piece) => {
      const [name, ...value] = piece.split('=');
      return [decode(name), decode(value.join('='))];
    });
  return pairs
    .sort(comparePairs)
    .map((pair) => pair.map(encode).join('='))
    .join('&');
}

test('a path of any bytes has one spelling', () => {
  for (const path of texts(['a', '/', '%', '2', 'F', '%2F', '%20', '.', '\x80', '\xff'], 5000)) {
    const canonical = canonicalPath(`/${path}`);
    assert.match(canonical, /^\/(?:[\w\-.~/]|%[0-9A-F]{2})*$/);
    assert.ok(canonical.endsWith('/'));
  }
});
