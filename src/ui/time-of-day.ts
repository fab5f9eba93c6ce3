/** The local time of day of a moment in ISO 8601: `14:03:01`, or with milliseconds `14:03:01.204`. */
export function timeOfDay(moment: string, withMilliseconds: boolean): string {
  const time = new Date(moment);
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return withMilliseconds ? `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}` : clock;
}
