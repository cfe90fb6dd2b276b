import { guard } from 'countersign/express';
import express from 'express';
import { createServer } from 'node:http';
import { listen, verifier } from './listen.js';

const app = express();
app.use(guard(verifier));
app.use((request, response) => {
  response.json({ access_key: request.accessKey, body_bytes: request.body.length });
});
listen(createServer(app));
