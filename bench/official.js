'use strict';
// CPU ns per signature of the official Node signer: `node official.js MODULE_DIRECTORY`; one JSON line per case.

const path = require('path');
const { createRequire } = require('module');

const load = createRequire(path.join(process.argv[2], 'package.json'));
const { BasicCredentials } = load('@huaweicloud/huaweicloud-sdk-core');
const { AKSKSigner } = load('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner');

const BATCHES = 15;
const BATCH_SECONDS = 0.15;
const credential = new BasicCredentials().withAk('BENCHBENCHBENCHBENCH').withSk('benchbenchbenchbenchbenchbenchbenchbench');
const headers = {
  host: 'api.example.com',
  'content-type': 'application/json',
  'user-agent': 'bench/1.0',
  'x-project-id': '0123456789abcdef0123456789abcdef',
};
const query = { limit: '20', offset: '7', sort: 'created at', status: 'open' };
const cases = {
  'GET, 4 parameters, 5 headers': { method: 'GET', data: undefined, queryParams: query },
  'POST 1 KiB': { method: 'POST', data: { blob: 'x'.repeat(1013) }, queryParams: query },
};

function sign({ method, data, queryParams }) {
  return AKSKSigner.sign(
    { endpoint: 'https://api.example.com/v1/orders', method, headers: { ...headers }, queryParams, data },
    credential,
  );
}

function cpuNanoseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

function batch(request, count) {
  const start = cpuNanoseconds();
  for (let i = 0; i < count; i += 1) sign(request);
  return (cpuNanoseconds() - start) / count;
}

for (const [name, request] of Object.entries(cases)) {
  const warm = batch(request, 5000);
  const count = Math.max(1, Math.round((BATCH_SECONDS * 1e9) / warm));
  const costs = Array.from({ length: BATCHES }, () => batch(request, count)).sort((a, b) => a - b);
  console.log(JSON.stringify({ name, best: costs[0], median: costs[(BATCHES - 1) / 2] }));
}
