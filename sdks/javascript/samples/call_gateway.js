import { Signer } from 'countersign';
import { signingFetch } from 'countersign/fetch';

const signer = new Signer({
  accessKey: process.env.COUNTERSIGN_ACCESS_KEY,
  secretKey: process.env.COUNTERSIGN_SECRET_KEY,
});
const fetch = signingFetch(signer, { correctClock: true });

const { COUNTERSIGN_URL: url, COUNTERSIGN_HOST: host } = process.env;
const response = await fetch(url, { headers: host ? { Host: host } : {} });
console.log(response.status, await response.text());
process.exitCode = response.ok ? 0 : 1;
