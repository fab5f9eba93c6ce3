/** Whether a host name (as in a URL, without port) always means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/(?<!\.)\.+$/, '');
  return (
    name === 'localhost' ||
    // Browsers send nothing else in it, and what stands behind a # or / is no part of a host.
    /^[\w.-]+\.localhost$/.test(name) ||
    name === '::1' ||
    name === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}

/**
 * Returns true for an address to listen on that only this machine can reach, however it is written: `127.1`,
 * `0:0:0:0:0:0:0:1`, `::ffff:127.0.0.1`.
 */
export function isLoopbackAddress(address: string): boolean {
  const url = `http://${address.includes(':') ? `[${address}]` : address}`;
  const { hostname } = URL.canParse(url) ? new URL(url) : { hostname: address };
  return isLoopbackHost(hostname) || /^\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]$/.test(hostname);
}
