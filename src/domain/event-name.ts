/**
 * The value of `event` that this package is about.
 *
 * @example
 * ```ts
 * if (body.event !== EVENT_NAME) return; // one of Callbell's other events, at the same URL
 * ```
 */
export const EVENT_NAME = 'message_status_updated';
