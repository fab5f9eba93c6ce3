/** The number inside an id of WhatsApp's on-premises client, read independently of the code that makes it. */
export function numberInWhatsappId(id: string): string {
  const bytes = Buffer.from(id, 'base64url');
  const length = bytes[2] ?? 0;
  const digits = bytes.subarray(3, 3 + (length & 0x7f)).toString('hex');
  return length & 0x80 ? digits.replace(/f$/, '') : digits;
}

/** The number or BSUID inside a wamid. */
export function recipientInWamid(id: string): string {
  const bytes = Buffer.from(id.replace(/^wamid\./, ''), 'base64');
  return bytes.subarray(3, 3 + (bytes[2] ?? 0)).toString('latin1');
}
