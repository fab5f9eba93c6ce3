import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { MessageStore } from './message-store.js';
import { handleDelivery } from './webhook.js';

const LIMIT_BYTES = 1024 * 1024;

const store = new MessageStore(process.env.DATABASE);

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    },
    () => response.destroy(),
  );
});

/** @param {import('node:http').IncomingMessage} request */
async function answer(request) {
  const { method = '', url = '', headers } = request;
  const [, uuid] = /^\/messages\/([^/?]+)/.exec(url) ?? [];
  if (uuid !== undefined) {
    const message = store.find(uuid);
    return { status: message ? 200 : 404, body: message ?? { error: 'no such message' } };
  }
  if (!/^\/webhooks(?:\?|$)/.test(url)) return { status: 404, body: { error: 'no such path' } };
  let length = 0;
  request.on('data', (chunk) => {
    length += chunk.length;
    if (length > LIMIT_BYTES) request.destroy();
  });
  // Chunks are joined as bytes: a character may be split between two of them.
  const body = await buffer(request);
  const signature = headers['x-callbell-signature']?.toString();
  const encoding = headers['content-encoding'];
  return handleDelivery({ method, body, signature, encoding }, store, process.env.CALLBELL_WEBHOOK_SECRET);
}

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
