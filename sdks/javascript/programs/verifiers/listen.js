// What verifier programs share: the key, and a server that ends when standard input does.

import { Verifier } from 'countersign';

export const verifier = new Verifier({
  keys: { [process.env.COUNTERSIGN_ACCESS_KEY]: process.env.COUNTERSIGN_SECRET_KEY },
});

export function listen(server) {
  server.listen(0, '127.0.0.1', () => console.log(`listening on 127.0.0.1:${server.address().port}`));
  process.stdin.resume().on('end', () => process.exit());
}
