import { InvalidArgumentError } from 'commander';
import { splitList } from './flags.ts';

/** The parsers of values that several commands take, each written once; they fail as those of flags.ts do. */

/** Decimal units and binary ones, as the standards have them. */
const UNIT_BYTES = { b: 1, kb: 1000, mb: 1000 ** 2, kib: 1024, mib: 1024 ** 2 } as const;

/** Parses a size with its unit, `512KiB`, `1.5MB` or `10MiB`, to bytes; at most `mostMiB`. */
export function parseSize(mostMiB: number): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?)\s*(b|kb|kib|mb|mib)$/i.exec(text);
    const unit = match?.[2]?.toLowerCase() as keyof typeof UNIT_BYTES | undefined;
    const bytes = unit === undefined ? 0 : Math.floor(Number(match?.[1]) * UNIT_BYTES[unit]);
    if (bytes > 0 && bytes <= mostMiB * UNIT_BYTES.mib) return bytes;
    const fix = /^\d{1,9}$/.test(text) ? ` Did you mean ${text}MiB?` : '';
    throw new InvalidArgumentError(
      `It takes a size with its unit up to ${mostMiB}MiB, like 512KiB or 1MiB.${fix}`,
    );
  };
}

/** Parses the uuid of a message at Callbell. */
export function parseUuid(text: string): string {
  if (/^[0-9a-f]{32}$/.test(text)) return text;
  throw uuidError(text, /^[0-9a-f]{32}$/);
}

/** Parses the uuid of a message, or its beginning. */
export function parseUuidBeginning(text: string): string {
  if (UUID_BEGINNING.test(text)) return text;
  throw uuidError(text, UUID_BEGINNING);
}

/** Parses `f,bb01`: the uuids of messages, or their beginnings; repeated flags add up. */
export function parseUuids(text: string, previous: readonly string[] = []): string[] {
  const uuids = splitList(text);
  if (uuids.length === 0) throw uuidError(text, UUID_BEGINNING);
  return [...previous, ...uuids.map(parseUuidBeginning)];
}

const UUID_BEGINNING = /^[0-9a-f]{1,32}$/;

function uuidError(text: string, valid: RegExp): InvalidArgumentError {
  const bare = text.replaceAll('-', '').toLowerCase();
  const meant = valid.test(bare) ? ` Did you mean ${bare}?` : '';
  return new InvalidArgumentError(`Callbell's uuids are 32 lower-case hex digits without dashes.${meant}`);
}

/** Parses the name of an environment variable: one that every shell knows, and none expands. */
export function parseVariable(text: string): string {
  if (/^[A-Za-z_]\w{0,254}$/.test(text)) return text;
  throw new InvalidArgumentError(
    'It takes the name of an environment variable, like MY_SECRET, not the secret itself.',
  );
}
