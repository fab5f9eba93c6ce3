// The limit that `listen` is measured against: a node:http server that reads the body and answers.
import { createServer } from 'node:http';

const BODY = '{"status":"ok"}';
const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': BODY.length });
    response.end(BODY);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  console.log(JSON.stringify({ port: address.port }));
});
