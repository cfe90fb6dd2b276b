// The published example, signed by whichever way the library was imported.

const example = {
  url: 'https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
  headers: { 'Content-Type': 'application/json' },
};
const signature = '7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe';

exports.check = ({ Signer }) => {
  const signer = new Signer({
    accessKey: 'QTWAOYTTINDUT2QVKYUC',
    secretKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
  });
  const [, authorization] = signer.sign(example, new Date('2019-11-15T03:36:55Z')).at(-1);
  if (!authorization.endsWith(signature)) throw new Error(`signed otherwise than published: ${authorization}`);
};
