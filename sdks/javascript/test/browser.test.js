import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { guard } from 'countersign/express';
import { credentials, now, signer, verifier } from '../support/fixtures.js';
import { serve } from '../support/servers.js';

/** Emptied before each start, because the browser's helpers may outlive it for a moment. */
const PROFILE = fileURLToPath(new URL('../browser-profile', import.meta.url));
const FLAGS = [
  `--user-data-dir=${PROFILE}`,
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const request = {
  method: 'POST',
  target: '/a%20b?b=2&a=é',
  headers: [
    ['Host', 'h'],
    ['X-Name', '你好'],
  ],
  body: '你好',
};
const scoped = { algorithm: 'V11-HMAC-SHA256', region: 'r', service: 's' };

/** What the page does; it sends what it found to `/result`. */
const PAGE = `<!doctype html><script type="module">
  import { WebSigner, signingFetch } from '/src/web.js';
  const { credentials, now, request, scoped } = ${JSON.stringify({ credentials, now, request, scoped })};
  const found = {};
  try {
    const signer = await WebSigner.create(credentials);
    found.explanation = await signer.explain(request, new Date(now));
    found.scoped = await (await WebSigner.create({ ...credentials, ...scoped })).explain(request, new Date(now));
    found.extractable = signer.key.extractable;
    found.exported = await crypto.subtle.exportKey('raw', signer.key).then(() => 'exported', (error) => error.name);
    const slow = { correctClock: true, now: () => new Date(Date.now() - 3600_000) };
    const answer = await signingFetch(signer, slow)('/guarded/a b?q=é', { method: 'POST', body: '你好', headers: { 'X-Name': '你好' } });
    found.guarded = [answer.status, await answer.text()];
  } catch (error) {
    found.error = String(error.stack ?? error);
  }
  await fetch('/result', { method: 'POST', body: JSON.stringify(found) });
</script>`;

/** Serves the page, the sources and a guarded place; resolves with what the page found. */
async function serveSite(t) {
  const check = guard(verifier());
  let report;
  const found = new Promise((resolve) => {
    report = resolve;
  });
  const address = await serve(t, async (incoming, response) => {
    const path = incoming.url.split('?')[0];
    if (path === '/') return response.setHeader('Content-Type', 'text/html; charset=utf-8').end(PAGE);
    if (path === '/result') return report(await json(incoming));
    if (path.startsWith('/guarded/'))
      return check(incoming, response, () => response.end(`${incoming.accessKey} ${incoming.body}`));
    if (!/^\/src\/[\w-]+\.js$/.test(path)) return response.writeHead(404).end();
    const source = readFileSync(new URL(`..${path}`, import.meta.url));
    return response.setHeader('Content-Type', 'text/javascript').end(source);
  });
  return { url: `http://${address}/`, found };
}

/** Opens a page in a fresh browser, which is gone when the test is. */
async function browse(t, url) {
  rmSync(PROFILE, { recursive: true, force: true });
  const browser = spawn('chromium', [...FLAGS, url], { stdio: 'ignore' });
  const ended = once(browser, 'exit');
  t.after(() => browser.kill());
  return ended.then(
    ([code]) => {
      throw new Error(`chromium ended with ${code} before the page was done`);
    },
    (error) => {
      throw new Error(`chromium cannot be started; install the package chromium: ${error.message}`);
    },
  );
}

test(
  'in a browser, requests are signed as in Node, with a key that cannot be exported',
  { timeout: 120_000 },
  async (t) => {
    const site = await serveSite(t);
    const found = await Promise.race([site.found, browse(t, site.url)]);
    assert.equal(found.error, undefined);
    assert.deepEqual(found.explanation, signer().explain(request, now));
    assert.deepEqual(found.scoped, signer(scoped).explain(request, now));
    assert.equal(found.extractable, false);
    assert.equal(found.exported, 'InvalidAccessError');
    assert.deepEqual(found.guarded, [200, `${credentials.accessKey} 你好`]);
  },
);
