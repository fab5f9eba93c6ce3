import express from 'express';
import { MessageStore } from './message-store.js';
import { handleDelivery } from './webhook.js';

const store = new MessageStore(process.env.DATABASE);
const app = express();

// The raw bytes, whatever the content type: a signature is over bytes, and express.json() would lose them.
app.all('/webhooks', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
  const { status, body } = handleDelivery(
    {
      method: request.method,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      signature: request.get('x-callbell-signature'),
    },
    store,
    process.env.CALLBELL_WEBHOOK_SECRET,
  );
  response.status(status).json(body);
});

app.get('/messages/:uuid', (request, response) => {
  const message = store.find(request.params.uuid);
  response.status(message ? 200 : 404).json(message ?? { error: 'no such message' });
});

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
