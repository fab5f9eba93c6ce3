/** A span of time as people say it: `350 ms`, `2.5 s`, `12 s`, `1m 20s`, `3h 05m`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_500) {
    const seconds = milliseconds / 1000;
    return `${seconds < 9.95 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  }
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${twoDigits(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`;
}

/** How long an answer took, where tenths of a millisecond still tell something: `0.4 ms`, `12 ms`. */
export function formatLatency(milliseconds: number): string {
  return `${roundedLatency(milliseconds)} ms`;
}

/** The number alone, where several share a unit. */
export function roundedLatency(milliseconds: number): string {
  return milliseconds < 9.95 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}

/** How much later something was, in one word for a column: `+350ms`, `+2.5s`, `+1m20s`. */
export function formatGap(milliseconds: number): string {
  return `+${formatDuration(milliseconds).replaceAll(' ', '')}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
