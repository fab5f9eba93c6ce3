import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callbell-status-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file with that content, gone when the test ends. */
export function temporaryFile(content: string | Buffer, name = 'capture.json'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}
