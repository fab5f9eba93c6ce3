/** What stands in place of a body in which nothing can be masked, because it is not a JSON object or array. */
export const WITHHELD = '[withheld: not a JSON object, so it cannot be redacted]';
