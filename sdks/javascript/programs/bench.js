// CPU nanoseconds per signature of the GET that the benchmarks of all languages sign.

import { Signer } from 'countersign';

const BATCHES = 15;
const BATCH_NANOSECONDS = 0.15e9;
const signer = new Signer({ accessKey: 'COSTKEY0000000000001', secretKey: 's'.repeat(40) });
const headers = {
  host: 'c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com',
  'user-agent': 'huaweicloud-usdk-python/3.0',
  'content-type': 'application/json',
  'x-project-id': '00000000000000000000000000000001',
};
const target = '/v2/orders/1/items?limit=1&marker=m1&offset=0&sort=name';

function cpuNanoseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

function batch(count) {
  const start = cpuNanoseconds();
  for (let i = 0; i < count; i += 1) signer.sign({ method: 'GET', target, headers });
  return (cpuNanoseconds() - start) / count;
}

const count = Math.max(1, Math.round(BATCH_NANOSECONDS / batch(5000)));
const costs = Array.from({ length: BATCHES }, () => batch(count)).sort((a, b) => a - b);
console.log(JSON.stringify({ sign_ns: { median: costs[(BATCHES - 1) / 2], min: costs[0] } }));
