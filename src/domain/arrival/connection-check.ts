/** A sentence, not a document. */
const LONGEST_CHECK = 100;

/**
 * One line without any of the brackets and quotes that JSON, markup and printed objects have, percent-encoded or
 * not, and without what no text has.
 */
const PLAIN_LINE = /^(?:(?!%(?:22|27|3c|3e|5b|5d|7b|7d))[^{}[\]<>"'`\p{Cc}\p{Cs}\ufffd])*$/iu;

/** What an event would be named or hold, as a form or a line of YAML has it. */
const OF_AN_EVENT = /message_status_updated|(?:^|[&\s])(?:event|payload|uuid|status)\s*[=:]/i;

/** What base64 makes of the beginning of an object. */
const ENCODED_OBJECT = /^ey[A-Za-z0-9+/_-]+=*$/;

/**
 * Whether a request of which it is known that it holds no event is one of Callbell's checks of the connection,
 * and not an event that broke on its way. That the checks come is documented; that some come by GET, and some with
 * a body that is not JSON, was seen. What such a body says nobody tells, so it is assumed to be nothing or a few
 * plain words (`ping`, `test=1`): none of what a torn, a printed or an encoded event has is in it.
 *
 * @param method undefined where a capture does not say it
 * @param text of a body that is not JSON, or of whatever came by GET or HEAD; undefined where its bytes are no text
 */
export function isConnectionCheck(method: string | undefined, text: string | undefined): boolean {
  if (isQuestion(method)) return true;
  const words = text?.trim();
  if (words === undefined || words.length > LONGEST_CHECK || !PLAIN_LINE.test(words)) return false;
  return !OF_AN_EVENT.test(words) && !ENCODED_OBJECT.test(words);
}

/** Events come by POST (documented); what asks and brings nothing is a check. */
export function isQuestion(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}
