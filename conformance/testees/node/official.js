'use strict';
// The unmodified official Node core as a testee; see ../../README.md for the protocol.
// `node official.js DIRECTORY_WITH_NODE_MODULES`

const path = require('path');
const readline = require('readline');
const { createRequire } = require('module');

const load = createRequire(path.resolve(process.argv[2], 'package.json'));
const CORE = '@huaweicloud/huaweicloud-sdk-core';
const { BasicCredentials } = load(CORE);
const { AKSKSigner } = load(`${CORE}/auth/AKSKSigner`);
const { DerivedAKSKSigner } = load(`${CORE}/auth/DerivedAKSKSigner`);
const SIGNERS = { 'SDK-HMAC-SHA256': telling(AKSKSigner), 'V11-HMAC-SHA256': telling(DerivedAKSKSigner) };
const DESCRIPTION = {
  name: 'official-node',
  version: require(path.resolve(process.argv[2], 'node_modules', CORE, 'package.json')).version,
  verbs: ['sign'],
  algorithms: Object.keys(SIGNERS),
};

class Unsupported extends Error {}

/** The signer, which also keeps the texts that it makes on its way. */
function telling(signer) {
  return class Telling extends signer {
    static buildCanonicalRequest(...parts) {
      Telling.canonicalRequest = super.buildCanonicalRequest(...parts);
      return Telling.canonicalRequest;
    }

    static getStringToSign(...parts) {
      Telling.stringToSign = super.getStringToSign(...parts);
      return Telling.stringToSign;
    }

    static getStringToSignByInfo(...parts) {
      Telling.stringToSign = super.getStringToSignByInfo(...parts);
      return Telling.stringToSign;
    }
  };
}

function sign({ credential, algorithm, region, service, now, request }) {
  const signer = SIGNERS[algorithm];
  if (!signer) throw new Unsupported(algorithm);
  const [rawPath, ...rest] = request.target.split('?');
  const given = singleHeaders(request.headers);
  const added = companions(credential, now, request.payload);
  const headers = { ...given, ...added };
  const credentials = new BasicCredentials().withAk(credential.access_key).withSk(credential.secret_key);
  credentials.regionId = region;
  credentials.derivedAuthServiceName = service;
  const signed = signer.sign(
    {
      endpoint: `https://${given.host}${rawPath}`,
      method: request.method,
      headers,
      queryParams: queryParams(rest.join('?')),
      data: request.payload === 'body' ? json(request.body) : undefined,
    },
    credentials,
  );
  return {
    headers: Object.entries({ ...added, Authorization: signed.Authorization }),
    canonical_request: signer.canonicalRequest,
    string_to_sign: signer.stringToSign,
  };
}

/** The core takes headers as an object, with the host in lower case. */
function singleHeaders(headers) {
  const given = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase() === 'host' ? 'host' : name;
    if (key in given) throw new Unsupported('a header that stands twice');
    given[key] = value;
  }
  return given;
}

/** What the core adds beside the signature, in the order of sdks/README.md. */
function companions(credential, now, payload) {
  const added = {
    'X-Sdk-Date': now,
    'X-Project-Id': credential.project_id,
    'X-Domain-Id': credential.domain_id,
    'X-Security-Token': credential.security_token,
    'X-Sdk-Content-Sha256': payload === 'unsigned' ? 'UNSIGNED-PAYLOAD' : null,
  };
  return Object.fromEntries(Object.entries(added).filter(([, value]) => value));
}

/** Decoded names and values, as callers give them; values of a repeated name in a list. */
function queryParams(query) {
  const params = {};
  for (const piece of query.split('&').filter(Boolean)) {
    const [name, value] = split(piece, '=').map(decode);
    params[name] = name in params ? [params[name], value].flat() : value;
  }
  return params;
}

function split(text, separator) {
  const place = text.indexOf(separator);
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}

function decode(text) {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
  } catch {
    throw new Unsupported('a query that is not UTF-8');
  }
}

/** The core takes bodies as values and writes them itself. */
function json(base64) {
  const text = Buffer.from(base64, 'base64').toString();
  if (!text) return undefined;
  try {
    const value = JSON.parse(text);
    if (JSON.stringify(value) === text) return value;
  } catch {
    // Not JSON at all: the same answer.
  }
  throw new Unsupported('a body that is not JSON as JSON.stringify writes it');
}

function answer(task) {
  if (task.do === 'describe') return DESCRIPTION;
  try {
    return sign(task);
  } catch (error) {
    if (error instanceof Unsupported) return { unsupported: error.message };
    return { error: error.constructor.name, message: error.message };
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
});
