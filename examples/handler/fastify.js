import Fastify from 'fastify';
import { MessageStore } from './message-store.js';
import { handleDelivery } from './webhook.js';

const store = new MessageStore(process.env.DATABASE);
const app = Fastify({ bodyLimit: 1024 * 1024 });

// The raw bytes, whatever the content type: a signature is over bytes, and the JSON parser would lose them.
app.removeAllContentTypeParsers();
app.addContentTypeParser(
  '*',
  { parseAs: 'buffer' },
  /** @type {import('fastify').FastifyBodyParser<Buffer>} */ (_request, body, done) => done(null, body),
);

app.route({
  method: ['GET', 'POST'],
  url: '/webhooks',
  handler: async (request, reply) => {
    const { status, body } = handleDelivery(
      {
        method: request.method,
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        signature: request.headers['x-callbell-signature']?.toString(),
        encoding: request.headers['content-encoding'],
      },
      store,
      process.env.CALLBELL_WEBHOOK_SECRET,
    );
    return reply.status(status).send(body);
  },
});

app.get('/messages/:uuid', async (request, reply) => {
  const { uuid } = /** @type {{ uuid: string }} */ (request.params);
  const message = store.find(uuid);
  return reply.status(message ? 200 : 404).send(message ?? { error: 'no such message' });
});

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
