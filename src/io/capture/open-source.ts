import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CallbellStatusError } from '../../errors.ts';

/** How much is read at a time: few, large reads, while memory stays small. */
const READ_BYTES = 512 * 1024;

/** What a shell hands over as already open: `/dev/stdin`, and `/dev/fd/63` for `<(a command)`. */
const OPEN_ALREADY = /^\/dev\/(?:fd\/(\d+)|(stdin))$/;

/**
 * Opens what a source names, so that the reading of it can be stopped. Opening a named pipe waits for its
 * writer in a thread that nothing can call back, not even Ctrl+C; so neither pipes nor devices are opened.
 *
 * @param source a file, or `-` for standard input
 * @throws {CallbellStatusError} `unreadable-source` for a pipe, a socket or a device that is not open already
 */
export async function openSource(source: string, stdin: Readable): Promise<Readable> {
  if (source === '-') return stdin;
  const [, digits, isStdin] = OPEN_ALREADY.exec(source) ?? [];
  const descriptor = isStdin === undefined ? digits && Number(digits) : 0;
  if (descriptor === 0) return stdin;
  const stats = await stat(source).catch(() => undefined);
  const kind = stats && streamKind(stats);
  if (kind === undefined) return openFile(source);
  if (typeof descriptor === 'number' && kind !== 'device') {
    const { Socket } = await import('node:net');
    return new Socket({ fd: descriptor, readable: true, writable: false });
  }
  throw new CallbellStatusError('unreadable-source', `cannot read ${source}: it is a ${kind}`, {
    hint:
      kind === 'named pipe'
        ? `read it as standard input: - < ${source}`
        : 'name a file, or - for standard input',
  });
}

/** Opens a file. */
export function openFile(path: string): Readable {
  return createReadStream(path, { highWaterMark: READ_BYTES });
}

/** What is there instead of a file; undefined for what can be opened without waiting. */
function streamKind(stats: Stats): 'named pipe' | 'socket' | 'device' | undefined {
  if (stats.isFIFO()) return 'named pipe';
  if (stats.isSocket()) return 'socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'device' : undefined;
}
