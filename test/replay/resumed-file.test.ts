import { appendFileSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { captureOf, uuidOf } from '../support/captures.ts';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { temporaryFile } from '../support/files.ts';
import { post } from '../support/listener.ts';
import { startReceiver } from '../support/receiver.ts';

const refusing = () => startReceiver((response) => response.writeHead(500).end());

describe('a file that is replayed and takes the failures', () => {
  it('is left as it was where something else wrote to it meanwhile', async () => {
    const file = temporaryFile(captureOf(3), 'left.ndjson');
    const more = `${minimalEvent(uuidOf(7), 'sent')}\n`;
    const receiver = await startReceiver((response, n) => {
      if (n === 1) appendFileSync(file, more);
      response.end();
    });
    const { code, stderr } = await runCli(['replay', file, '--to', receiver.url, '--failures', file]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/left as it was: something else has written/)]);
    expect(readFileSync(file, 'utf8')).toBe(captureOf(3) + more);
  });

  it('is not taken from a listener that records to it', async () => {
    const file = temporaryFile('', 'today.ndjson');
    const run = startCli(['listen', '--port', '0', '--record', file]);
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    await post(url, minimalEvent(uuidOf(1), 'sent'));
    const before = readFileSync(file, 'utf8');
    const { code, stderr } = await runCli(['replay', file, '--to', '1', '--failures', file]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/a listener is recording to/)]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('keeps what is no event, unless --force says otherwise', async () => {
    const content = `${captureOf(2)}{"note":"mine"}\n`;
    const file = temporaryFile(content, 'left.ndjson');
    const { url } = await refusing();
    const argv = ['replay', file, '--to', url, '--failures', file, '--quiet'];
    const kept = await runCli(argv);
    expect([kept.code, readFileSync(file, 'utf8')]).toEqual([3, content]);
    const forced = await runCli([...argv, '--force']);
    expect([forced.code, readFileSync(file, 'utf8')]).toEqual([1, captureOf(2)]);
  });

  it('holds each event once, however often it was repeated', async () => {
    const file = temporaryFile(captureOf(4), 'left.ndjson');
    const { url, requests } = await refusing();
    for (let round = 1; round <= 3; round += 1) {
      const { stderr } = await runCli(['replay', file, '--to', url, '--failures', file, '--duplicate', '2']);
      expect(requests).toHaveLength(12 * round);
      expect(stderr).toContain('4 events to deliver again');
      expect(readFileSync(file, 'utf8')).toBe(captureOf(4));
    }
  });

  it('is not proposed to be replayed where it is a device', async () => {
    const { url } = await refusing();
    const file = temporaryFile(captureOf(2), 'capture.ndjson');
    const { stderr } = await runCli(['replay', file, '--to', url, '--failures', '/dev/null']);
    expect(stderr).not.toContain('to deliver again');
  });
});
