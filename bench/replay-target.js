// The handler that the benchmark delivers to, in a process of its own: it reads the body and answers 200.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  request.resume().on('end', () => response.end('{"status":"ok"}'));
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit());
