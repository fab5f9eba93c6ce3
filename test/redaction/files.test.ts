import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/files.ts';
import { openListener } from '../support/listener.ts';
import { freePort } from '../support/receiver.ts';
import { marksIn, SPELLINGS } from './marks.ts';
import { PLACES, requestWith } from './places.ts';

const SECRET = 's3cr3tT0kenAbcdefgh';

/** Some of them: all are tried without a server, in every place. */
const SOME = SPELLINGS.filter((_spelling, index) => index % 3 === 0);

it('keeps no mark in either file, whatever is sent', async () => {
  const file = join(temporaryFolder(), 'capture.ndjson');
  const { url } = await openListener({
    record: { file, redact: true },
    forward: { targets: [new URL(`http://maria:rossi@127.0.0.1:${await freePort()}/${SECRET}`)] },
  });
  const bodies = PLACES.filter(([, hole]) => 'text' in hole('"x"')).map(([, hole]) => hole);
  for (const [, token] of SOME) {
    const all = bodies.flatMap((hole) => {
      const { text = '' } = requestWith(hole, token);
      return text.startsWith('{') ? [text] : [];
    });
    const said = encodeURIComponent(String(JSON.parse(token)));
    await fetch(`${url}/webhooks/${said}?${said}=1&token=${said}`, {
      method: 'POST',
      body: `[${all.join(',')}]`,
      headers: {
        'x-who': said,
        'user-agent': `curl/8.5.0 ${said}`,
        cookie: said,
        authorization: `Bearer ${SECRET}`,
      },
    });
  }
  for (const name of [file, file.replace('.ndjson', '.not-forwarded.ndjson')]) {
    const lines = readFileSync(name, 'utf8').trim().split('\n');
    expect(lines.length).toBe(SOME.length);
    // A line at a time: base64 of a whole file in all its readings takes long.
    for (const line of lines) expect(marksIn(line)).toEqual([]);
  }
});

it('runs every command of its page', async () => {
  const page = readFileSync('docs/redaction.md', 'utf8');
  const commands = [...page.matchAll(/^callbell-status (.*)$/gm)].map(([, command = '']) => command);
  expect(commands.length).toBeGreaterThan(1);
  for (const command of commands) {
    const file = join(temporaryFolder(), 'today.ndjson');
    const argv = command.replace('3000', '0').replace('today.ndjson', file).split(' ');
    const run = startCli(argv);
    await run.stderr.until(/listening on/);
    run.interrupt();
    expect(await run.exitCode).toBe(0);
  }
});
