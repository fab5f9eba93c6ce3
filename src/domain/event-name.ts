/** The value of `event` that this package is about. */
export const EVENT_NAME = 'message_status_updated';
