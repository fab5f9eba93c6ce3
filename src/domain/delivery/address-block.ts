/**
 * Tells whether an address is in a block as CIDR writes it: `10.0.0.0/8`, `fd00::/8`. A URL's spelling of IPv6, with
 * brackets, is fine. False for a name, and for a block that is none.
 */
export function isInBlock(address: string, block: string): boolean {
  const [network = '', length = ''] = block.split('/', 2);
  const [bits, wanted] = [bitsOf(address), bitsOf(network)];
  if (bits === undefined || wanted === undefined || bits.length !== wanted.length) return false;
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits.length) return false;
  return bits.startsWith(wanted.slice(0, Number(length)));
}

/** An address as a text of 32 or 128 binary digits. */
function bitsOf(address: string): string | undefined {
  // The parser of URLs knows each spelling of both kinds, and writes them in one.
  const written = address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
  const hostname = URL.canParse(`http://${written}/`) ? new URL(`http://${written}/`).hostname : '';
  if (/^[\d.]+$/.test(hostname)) return hostname.split('.').map(binary(8)).join('');
  if (!hostname.startsWith('[')) return undefined;
  const [head = '', tail] = hostname.slice(1, -1).split('::', 2);
  const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array<string>(zeros).fill('0'), ...(after ?? [])];
  return groups
    .map((group) => Number.parseInt(group, 16))
    .map(binary(16))
    .join('');
}

function binary(digits: number): (value: number | string) => string {
  return (value) => Number(value).toString(2).padStart(digits, '0');
}
