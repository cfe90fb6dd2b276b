import { Signer } from 'countersign';
import { signingFetch } from 'countersign/fetch';

const signer = new Signer({
  accessKey: process.env.COUNTERSIGN_ACCESS_KEY,
  secretKey: process.env.COUNTERSIGN_SECRET_KEY,
  securityToken: process.env.COUNTERSIGN_SECURITY_TOKEN,
  projectId: process.env.COUNTERSIGN_PROJECT_ID,
});
const fetch = signingFetch(signer);

const response = await fetch(process.env.COUNTERSIGN_URL);
console.log(response.status, await response.text());
process.exitCode = response.ok ? 0 : 1;
