'use strict';
// CPU ns per signature of the official Node signer, for the request that examples/cost.rs signs.
// `node official.js DIRECTORY_WITH_NODE_MODULES` prints one JSON object.

const path = require('path');
const { createRequire } = require('module');

const load = createRequire(path.resolve(process.argv[2], 'package.json'));
const { BasicCredentials } = load('@huaweicloud/huaweicloud-sdk-core');
const { AKSKSigner } = load('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner');

const BATCHES = 15;
const BATCH_NANOSECONDS = 0.15e9;
const credential = new BasicCredentials().withAk('COSTKEY0000000000001').withSk('s'.repeat(40));
const headers = {
  host: 'c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com',
  'user-agent': 'huaweicloud-usdk-python/3.0',
  'content-type': 'application/json',
  'x-project-id': '00000000000000000000000000000001',
};
const endpoint = `https://${headers.host}/v2/orders/1/items`;
const queryParams = { limit: '1', marker: 'm1', offset: '0', sort: 'name' };

function cpuNanoseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

function batch(count) {
  const start = cpuNanoseconds();
  for (let i = 0; i < count; i += 1) {
    AKSKSigner.sign({ endpoint, method: 'GET', headers: { ...headers }, queryParams }, credential);
  }
  return (cpuNanoseconds() - start) / count;
}

const count = Math.max(1, Math.round(BATCH_NANOSECONDS / batch(5000)));
const costs = Array.from({ length: BATCHES }, () => batch(count)).sort((a, b) => a - b);
console.log(JSON.stringify({ sign_ns: { min: costs[0], median: costs[(BATCHES - 1) / 2] } }));
