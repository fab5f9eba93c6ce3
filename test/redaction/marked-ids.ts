/** The two ids that WhatsApp makes of a number of twelve digits. */
export function whatsappIds(number: string): { readonly wamid: string; readonly old: string } {
  const wamid = Buffer.from(`\x1c\x18\x0c${number}\x15\x02\0\x11\x18\x129AE9120958AFC80131\0`, 'latin1');
  const old = Buffer.from(`801106${number}0209d9c50dc998a2ba5af8`, 'hex');
  return { wamid: `wamid.${wamid.toString('base64')}`, old: old.toString('base64url') };
}
