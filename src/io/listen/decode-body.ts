import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Refusal } from '../../domain/arrival/arrival.ts';

/** A body as text; or its bytes, where they are no UTF-8; or a fault, where it cannot be unpacked. */
export type DecodedBody =
  | { readonly text: string }
  | { readonly notUtf8: Buffer }
  | { readonly fault: string; readonly refusal: Extract<Refusal, 'too-large' | `${string}-encoding`> };

type Unpack = (bytes: Buffer, maxBytes: number) => Buffer;

const UNPACKERS: Readonly<Record<string, Unpack>> = {
  gzip: (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength }),
  // "deflate" means zlib's format, but some senders leave its wrapper out.
  deflate: (bytes, maxOutputLength) =>
    ((bytes[0] ?? 0) & 0x0f) === 8
      ? inflateSync(bytes, { maxOutputLength })
      : inflateRawSync(bytes, { maxOutputLength }),
  br: (bytes, maxOutputLength) => brotliDecompressSync(bytes, { maxOutputLength }),
  identity: (bytes) => bytes,
};

/** More layers than this are an attack, not an encoding. */
const MOST_LAYERS = 2;

/**
 * Unpacks a body by its `Content-Encoding` and reads it as UTF-8. What it unpacks to is bounded as well:
 * a bomb costs no more than the limit.
 */
export function decodeBody(body: Buffer, contentEncoding: string | undefined, maxBytes: number): DecodedBody {
  const unpacked = contentEncoding === undefined ? body : unpack(body, contentEncoding, maxBytes);
  if ('fault' in unpacked) return unpacked;
  if (!isUtf8(unpacked)) return { notUtf8: unpacked };
  return { text: unpacked.toString('utf8') };
}

function unpack(body: Buffer, contentEncoding: string, maxBytes: number): Buffer | FaultyBody {
  const names = contentEncoding.toLowerCase().split(',', MOST_LAYERS + 1);
  const layers = names.map((name) => UNPACKERS[name.trim().replace(/^x-/, '')]);
  if (layers.length > MOST_LAYERS || layers.includes(undefined)) {
    return { fault: 'its Content-Encoding is not understood', refusal: 'unknown-encoding' };
  }
  try {
    return layers.reduceRight((bytes, layer) => layer?.(bytes, maxBytes) ?? bytes, body);
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge
      ? { fault: 'what it unpacks to is over the limit', refusal: 'too-large' }
      : { fault: 'it is not what its Content-Encoding says', refusal: 'broken-encoding' };
  }
}

type FaultyBody = Extract<DecodedBody, { readonly fault: string }>;
