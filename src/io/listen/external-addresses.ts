import { networkInterfaces } from 'node:os';

/** Of many addresses (containers, VPNs) this many are told. */
const MOST_ADDRESSES = 4;

/** Returns addresses at which other machines may reach this one, IPv4 before IPv6, without link-local ones. */
export function externalAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const usable = all.filter(
    ({ internal, address }) => !internal && !address.toLowerCase().startsWith('fe80:'),
  );
  const first = usable.filter(({ family }) => family === 'IPv4');
  const then = usable.filter(({ family }) => family === 'IPv6');
  return [...first, ...then].map(({ address }) => address).slice(0, MOST_ADDRESSES);
}
