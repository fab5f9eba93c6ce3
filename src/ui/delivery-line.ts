import type { Delivery } from '../domain/delivery/delivery.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

const LONGEST_BODY = 200;
const INDENT = ' '.repeat(13);

/**
 * One delivery as a line, with others below for why it was not accepted.
 *
 * @param previous the one printed before: where the same happened, it is not explained again
 */
export function formatDelivery(delivery: Delivery, style: Style, previous?: Delivery): string {
  const { source, status, uuid, httpStatus, ms, warning, attempts } = delivery;
  const columns = [
    outcomeWord(delivery, style),
    visible(cut(status ?? '-', 9)).padEnd(9),
    visible((uuid ?? '-').slice(0, 8)).padEnd(8),
    String(httpStatus ?? '-').padStart(3),
    `${ms.toFixed(ms < 10 ? 1 : 0)} ms`.padStart(8),
    style.dim(visible(source)),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(warning === 'not-200' ? [style.yellow('! Callbell may count only 200 as success')] : []),
  ];
  const below = isSameFailure(delivery, previous) ? [] : explanation(delivery);
  return [columns.join('  '), ...below.map((line) => `${INDENT}${style.dim('└')} ${line}`), ''].join('\n');
}

function outcomeWord({ outcome, warning }: Delivery, style: Style): string {
  const word = outcome.padEnd(11);
  if (outcome !== 'accepted') return style.red(word);
  return warning === undefined ? style.green(word) : style.yellow(word);
}

function isSameFailure({ reason, responseBody }: Delivery, previous: Delivery | undefined): boolean {
  return previous !== undefined && previous.reason === reason && previous.responseBody === responseBody;
}

function explanation({ reason, responseBody = '' }: Delivery): string[] {
  const excerpt = excerptOf(responseBody);
  return [
    ...(reason === undefined ? [] : [visible(reason)]),
    ...(excerpt === '' ? [] : [visible(cut(excerpt, LONGEST_BODY))]),
  ];
}

/** What an answer says, in a line: the title of a page in HTML, else the first line that is not empty. */
function excerptOf(body: string): string {
  const text = body.trim();
  if (!/^<(!doctype|html|head|\?xml)/i.test(text)) return text.split(/\r?\n/, 1)[0] ?? '';
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  const words = text.replace(/<(style|script)[\s\S]*?(<\/\1>|$)|<[^>]*>?/gi, ' ');
  return (title || words).replace(/\s+/g, ' ').trim();
}
