// The job of an adapter program: one line of JSON on standard input. The answer goes to standard output.

import { readFileSync } from 'node:fs';

const {
  method,
  url,
  headers,
  body,
  clock_offset_seconds = 0,
  correct_clock = false,
} = JSON.parse(readFileSync(0, 'utf8'));

export const credentials = {
  accessKey: process.env.COUNTERSIGN_ACCESS_KEY,
  secretKey: process.env.COUNTERSIGN_SECRET_KEY,
  securityToken: process.env.COUNTERSIGN_SECURITY_TOKEN,
  projectId: process.env.COUNTERSIGN_PROJECT_ID,
};

export const options = {
  correctClock: correct_clock,
  now: () => new Date(Date.now() + clock_offset_seconds * 1000),
};

/** Lines of one name as an array, which every client takes. */
const lines = {};
for (const [name, value] of headers) lines[name] = name in lines ? [lines[name], value].flat() : value;

export const job = { method, url, headers: lines, body: body === null ? undefined : Buffer.from(body, 'base64') };

export function answer(status, bytes) {
  console.log(JSON.stringify({ status, body: Buffer.from(bytes).toString('base64') }));
}
