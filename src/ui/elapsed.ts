/** A span of time, short: `800ms`, `3.7s`, `2m 05s`, `3h 12m`. */
export function elapsed(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)}s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

/** The local time of day of a moment in ISO 8601: `14:03:01`, or with milliseconds `14:03:01.204`. */
export function timeOfDay(moment: string, withMilliseconds: boolean): string {
  const time = new Date(moment);
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return withMilliseconds ? `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}` : clock;
}
