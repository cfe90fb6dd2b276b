'use strict';
// Sends one request through the unmodified Node core; see ../README.md for the contract.

const fs = require('fs');
const { BasicCredentials, Region } = require('@huaweicloud/huaweicloud-sdk-core');
const { ClientBuilder } = require('@huaweicloud/huaweicloud-sdk-core/ClientBuilder');

const job = JSON.parse(fs.readFileSync(0, 'utf8'));
const answers = [];

const axiosRequestConfig = {
  maxBodyLength: Infinity,
  lookup: (_name, _options, done) => done(null, '127.0.0.1', 4),
  // The core hides header lines and text of an answer; this hook sees both and changes neither.
  transformResponse: [(text, headers) => {
    answers.push({ text, requestId: headers['x-request-id'] ?? null });
    try { return JSON.parse(text); } catch { return text; }
  }],
};

async function call() {
  const endpoint = `http://${job.host ?? job.address}`;
  const credentials = new BasicCredentials();
  if (job.key !== null) credentials.withAk(job.key).withSk(job.secret);
  if (job.idp_id !== null) credentials.withIdpId(job.idp_id).withIdTokenFile(job.id_token_file);
  if (job.security_token !== null) credentials.withSecurityToken(job.security_token);
  const builder = new ClientBuilder((core) => core).withCredential(credentials).withOptions({ axiosRequestConfig });
  if (job.region === null) {
    builder.withEndpoint(endpoint);
  } else {
    credentials.withIamEndpoint(endpoint);
    builder.withRegion(new Region(job.region, endpoint));
  }
  const client = builder.build();
  const options = {
    url: job.path,
    method: job.method,
    pathParams: job.path_params,
    queryParams: job.query,
    headers: { ...job.headers },
    contentType: 'application/json',
  };
  if (job.body_file !== null) options.data = JSON.parse(fs.readFileSync(job.body_file, 'utf8'));
  const response = await client.sendRequest(options);
  const { text, requestId } = answers.at(-1);
  return { status: response.httpStatusCode, request_id: requestId, error_code: null, error_msg: null, body: text };
}

function refused(error) {
  if (error.httpStatusCode === undefined) throw error;
  return {
    status: error.httpStatusCode,
    request_id: error.requestId ?? null,
    error_code: error.errorCode ?? null,
    error_msg: error.errorMsg ?? null,
    body: null,
  };
}

call().catch(refused).then((result) => console.log(JSON.stringify(result)));
