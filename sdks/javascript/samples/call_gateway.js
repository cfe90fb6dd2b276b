import { text } from 'node:stream/consumers';
import { Signer } from 'countersign';
import { signingRequest } from 'countersign/http';

const signer = new Signer({
  accessKey: process.env.COUNTERSIGN_ACCESS_KEY,
  secretKey: process.env.COUNTERSIGN_SECRET_KEY,
});
const request = signingRequest(signer, { correctClock: true });

const { COUNTERSIGN_URL: url, COUNTERSIGN_HOST: host } = process.env;
const response = await request(url, { headers: host ? { Host: host } : {} });
console.log(response.statusCode, await text(response));
process.exitCode = response.statusCode < 300 ? 0 : 1;
