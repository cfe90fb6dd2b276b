/** An interceptor that signs what axios sends. */

import axios, { AxiosHeaders } from 'axios';
import { toByteString } from './bytes.js';
import { Clock } from './clock.js';
import { UNSIGNED, toLines } from './request.js';

/** @typedef {import('axios').InternalAxiosRequestConfig} Config */
/** @typedef {Config & { url: string, data?: ArrayBuffer | ReadableStream | AsyncIterable<Uint8Array> }} PlainConfig */

/**
 * Makes a request interceptor: `client.interceptors.request.use(signing(signer))`.
 *
 * It signs where the request is complete: after all interceptors, with the body as it is sent. Header values are text
 * and go out as UTF-8. A stream as data needs `unsignedPayload`, and cannot be sent again after the clock was corrected.
 *
 * @param {import('./clock.js').AnySigner} signer
 * @param {import('./clock.js').AdapterOptions} [options]
 * @returns {(config: Config) => Config}
 */
export function signing(signer, options = {}) {
  const clock = new Clock(options);
  return (config) => {
    const send = axios.getAdapter(config.adapter ?? axios.defaults.adapter);
    /** @type {import('axios').AxiosAdapter} */
    const adapter = async (complete) => {
      const request = await toPlain(complete);
      /** @type {import('./request.js').Payload | undefined} */
      const body = options.unsignedPayload ? UNSIGNED : requireBytes(request.data);
      return sendTwice(async () => send(await signed(signer, request, body, clock.now())), clock, request);
    };
    return { ...config, adapter };
  };
}

/**
 * Once, and once again if the clock was wrong. axios may throw an answer of 401 or return it.
 *
 * @param {() => Promise<import('axios').AxiosResponse>} attempt
 * @param {Clock} clock
 * @param {PlainConfig} request
 */
async function sendTwice(attempt, clock, { data }) {
  /** @param {import('axios').AxiosResponse | undefined} answer */
  const isWorthAnother = (answer) => {
    if (answer === undefined) return false;
    const date = AxiosHeaders.from(/** @type {AxiosHeaders} */ (answer.headers)).get('date');
    return clock.learn(answer.status, String(date)) && !isStream(data);
  };
  try {
    const answer = await attempt();
    if (!isWorthAnother(answer)) return answer;
  } catch (error) {
    if (!axios.isAxiosError(error) || !isWorthAnother(error.response)) throw error;
  }
  return attempt();
}

/**
 * The request with its whole URL, and bytes for whatever axios itself would turn into bytes on the way.
 *
 * @param {Config} config
 * @returns {Promise<PlainConfig>}
 */
async function toPlain(config) {
  const url = new URL(axios.getUri(config), globalThis.location?.href).href;
  const headers = AxiosHeaders.from(config.headers);
  const plain = { ...config, url, baseURL: undefined, params: undefined, headers };
  if (config.data === undefined || config.data === null || isStream(config.data)) return plain;
  const encoded = new Response(config.data);
  const type = encoded.headers.get('content-type');
  // A form has its boundary in the type.
  if (type !== null && typeof config.data !== 'string') headers.setContentType(type);
  return { ...plain, data: await encoded.arrayBuffer() };
}

/**
 * @param {import('./clock.js').AnySigner} signer
 * @param {PlainConfig} request
 * @param {import('./request.js').Payload | undefined} body
 * @param {Date} now
 * @returns {Promise<Config>}
 */
async function signed(signer, request, body, now) {
  const lines = toLines(/** @type {Record<string, string>} */ (request.headers.toJSON()));
  // Without data, axios drops the type in browsers.
  const given = request.data === undefined ? lines.filter(([name]) => name.toLowerCase() !== 'content-type') : lines;
  const method = (request.method ?? 'get').toUpperCase();
  const added = await signer.sign({ method, url: request.url, headers: given, body }, now);
  const headers = new AxiosHeaders();
  for (const [name, value] of [...lines, ...added]) headers.set(name, toByteString(value));
  return { ...request, headers };
}

/**
 * @param {PlainConfig['data']} data
 * @returns {ArrayBuffer | undefined}
 */
function requireBytes(data) {
  if (data === undefined || data instanceof ArrayBuffer) return data;
  throw new TypeError('a stream cannot be signed: give the bytes, or set unsignedPayload');
}

/** @param {any} data */
const isStream = (data) => typeof data?.pipe === 'function' || typeof data?.getReader === 'function';
