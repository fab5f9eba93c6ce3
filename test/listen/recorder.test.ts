import {
  appendFileSync,
  chmodSync,
  fdatasync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Flush, Recorder } from '../../src/io/capture/recorder.ts';
import { temporaryFolder } from '../support/files.ts';

/** Opens a recorder of a new file; it is closed when the test ends. */
async function openRecorder(flush?: Flush, file = join(temporaryFolder(), 'capture.ndjson')) {
  const states: string[] = [];
  const recorder = await Recorder.open({ file, flush, onState: ({ code }) => states.push(code) });
  onTestFinished(() => recorder.close());
  const add = (line: string): Promise<boolean> => recorder.append((lines) => lines.add(`${line}\n`));
  return { file, recorder, states, add };
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);

describe('a line that could not be forced to the disk', () => {
  it('is not in the file, and every other one is, once', async () => {
    let calls = 0;
    const { file, states, add } = await openRecorder((descriptor, done) => {
      calls += 1;
      if (calls % 3 === 0) setImmediate(() => done(Object.assign(new Error('EIO'), { code: 'EIO' })));
      else fdatasync(descriptor, done);
    });
    const written: string[] = [];
    let refused = 0;
    for (let n = 0; n < 60; n += 2) {
      const lines = [`line ${n}`, `line ${n + 1} ${'x'.repeat(5000)}`];
      const results = await Promise.all(lines.map(add));
      expect(new Set(results).size).toBe(1);
      if (results[0]) written.push(...lines);
      else refused += 1;
    }
    expect(refused).toBe(10);
    expect(linesOf(file)).toEqual(written);
    expect(states.slice(0, 2)).toEqual(['recording-failed', 'recording-resumed']);
  });

  it('stays where another program has appended behind it, which nothing may cut', async () => {
    const { file, add } = await openRecorder((_descriptor, done) => {
      appendFileSync(file, 'of another program\n');
      done(new Error('EIO'));
    });
    expect(await add('mine')).toBe(false);
    expect(linesOf(file)).toEqual(['mine', 'of another program']);
  });
});

describe('a file that is moved away', () => {
  it('has no line that is in the new one too', async () => {
    const { file, add, states } = await openRecorder();
    for (let n = 0; n < 5; n += 1) {
      expect(await add(`before ${n}`)).toBe(true);
      renameSync(file, `${file}.${n}`);
      expect(await add(`after ${n}`)).toBe(true);
    }
    const all = [...Array(5).keys()].flatMap((n) => linesOf(`${file}.${n}`)).concat(linesOf(file));
    expect(all).toEqual([...Array(5).keys()].flatMap((n) => [`before ${n}`, `after ${n}`]));
    expect(states).toEqual(Array(5).fill('recording-moved'));
  });

  it('has no line that was refused because its folder is gone', async () => {
    const folder = join(temporaryFolder(), 'captures');
    const file = join(folder, 'capture.ndjson');
    mkdirSync(folder);
    const { add } = await openRecorder(undefined, file);
    expect(await add('one')).toBe(true);
    renameSync(folder, `${folder}-away`);
    expect(await Promise.all([add('two'), add('three')])).toEqual([false, false]);
    writeFileSync(folder, 'a file where the folder was');
    expect(await add('four')).toBe(false);
    expect(linesOf(join(`${folder}-away`, 'capture.ndjson'))).toEqual(['one']);
    rmSync(folder);
    renameSync(`${folder}-away`, folder);
    expect(await add('five')).toBe(true);
    expect(linesOf(file)).toEqual(['one', 'five']);
  });
});

describe('the lock of a file', () => {
  const other = (file: string) => Recorder.open({ file, flush: undefined, onState: () => {} });
  const TAKEN = { code: 'write-failed', message: expect.stringContaining('another listener') };

  it('holds under every name of the file', async () => {
    const { file } = await openRecorder();
    symlinkSync(file, `${file}.symbolic`);
    linkSync(file, `${file}.hard`);
    for (const name of [file, `${file}.symbolic`, `${file}.hard`]) {
      await expect(other(name)).rejects.toMatchObject(TAKEN);
    }
    renameSync(file, `${file}.renamed`);
    await expect(other(`${file}.renamed`)).rejects.toMatchObject(TAKEN);
    // The name is still the first one's, which begins a new file there.
    await expect(other(file)).rejects.toMatchObject(TAKEN);
  });

  it('follows to the file that is begun anew, and lets go of both when it ends', async () => {
    const { file, recorder, add } = await openRecorder();
    renameSync(file, `${file}.old`);
    expect(await add('anew')).toBe(true);
    linkSync(file, `${file}.hard`);
    await expect.poll(() => other(`${file}.old`).then((opened) => opened.close())).toBeUndefined();
    await expect(other(`${file}.hard`)).rejects.toMatchObject(TAKEN);
    await recorder.close();
    await (await other(`${file}.hard`)).close();
    await (await other(file)).close();
  });

  it('is let go of where another has the file', async () => {
    const { file, recorder } = await openRecorder();
    await expect(other(file)).rejects.toMatchObject(TAKEN);
    await recorder.close();
    await (await other(file)).close();
  });
});

describe('the mode of a file', () => {
  it('stays as it is where there is one', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    writeFileSync(file, '');
    chmodSync(file, 0o640);
    const { add } = await openRecorder(undefined, file);
    await add('line');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });
});
