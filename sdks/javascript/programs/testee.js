// The testee of the conformance kit: one JSON object a line in, one a line out.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { CountersignError, Signer, UNSIGNED, Verifier } from 'countersign';

const ALGORITHMS = ['SDK-HMAC-SHA256', 'V11-HMAC-SHA256', 'SDK-HMAC-SM3'].filter(isAvailable);

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const VERBS = { describe, sign, verify };

function isAvailable(algorithm) {
  try {
    new Verifier({ keys: {}, algorithms: [algorithm] });
    return true;
  } catch {
    return false;
  }
}

function describe() {
  return { name: 'countersign-javascript', version, verbs: ['sign', 'verify'], algorithms: ALGORITHMS };
}

function sign({ credential, algorithm, region, service, now, request }) {
  if (algorithm === 'SDK-HMAC-SM3' && !ALGORITHMS.includes(algorithm)) return { unsupported: algorithm };
  const signer = new Signer({
    accessKey: credential.access_key,
    secretKey: credential.secret_key,
    securityToken: credential.security_token,
    projectId: credential.project_id,
    domainId: credential.domain_id,
    algorithm,
    region,
    service,
  });
  const body = request.payload === 'unsigned' ? UNSIGNED : Buffer.from(request.body, 'base64');
  const { headers, canonicalRequest, stringToSign } = signer.explain({ ...request, body }, toDate(now));
  return { headers, canonical_request: canonicalRequest, string_to_sign: stringToSign };
}

function verify({ now, keys, request }) {
  const known = new Map(keys.map((key) => [key.access_key, key.secret_key]));
  const verifier = new Verifier({ keys: known, algorithms: ALGORITHMS });
  const body = Buffer.from(request.body, 'base64');
  return { access_key: verifier.verify({ ...request, body }, toDate(now)) };
}

function toDate(basic) {
  return new Date(basic.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}

function answer(question) {
  try {
    return VERBS[question.do](question);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { error: error.code, message: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
