// Real servers on loopback.

import { once } from 'node:events';
import { createServer } from 'node:http';

/** Serves until the test ends; gives the address. */
export async function serve(test, handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${server.address().port}`;
}
