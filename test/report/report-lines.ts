/** A status event on a line, as a capture has it. */
export interface LineOfReport {
  readonly uuid: string;
  readonly status: string;
  /** In unix seconds, by the provider's clock. */
  readonly time?: number;
  /** In unix seconds, when it was received; then it is a recorded request. */
  readonly received?: number;
  readonly code?: number;
  readonly reason?: string;
  readonly pricing?: object;
  readonly contact?: string;
}

/** An event in the shape of Gupshup; one that was received is inside a record of its request. */
export function reportLine(line: LineOfReport): string {
  const { uuid, status, time, received, code, reason, pricing, contact } = line;
  const inner = { ...(time !== undefined && { ts: time }), ...(code !== undefined && { code, reason }) };
  const event = {
    event: 'message_status_updated',
    payload: {
      uuid,
      status,
      ...(contact !== undefined && { contact: { uuid: contact } }),
      messageStatusPayload: {
        id: 'a',
        gsId: 'b',
        type: status,
        payload: inner,
        destination: '447700900103',
        ...(pricing !== undefined && { pricing }),
      },
    },
  };
  if (received === undefined) return JSON.stringify(event);
  const receivedAt = new Date(received * 1000).toISOString();
  return JSON.stringify({ receivedAt, method: 'POST', path: '/', headers: {}, body: JSON.stringify(event) });
}

/** Lines as one capture. */
export function reportCapture(lines: readonly LineOfReport[]): string {
  return lines.map((line) => `${reportLine(line)}\n`).join('');
}
