import type { ListenerNotice } from '../domain/arrival/notice.ts';
import { DISABLED_AFTER_MS, EMAIL_AFTER_MS } from '../domain/arrival/outage.ts';
import { together, wrap } from './columns.ts';
import { formatDuration } from './duration.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

/** Of the name of a page so much is shown, in characters. */
const LONGEST_PAGE = 200;

/** What a listener has to say besides its arrivals, in lines that are no longer than the width. */
export function formatNotice(notice: ListenerNotice, style: Style, width: number): string {
  const { mark, sentence } = noticeParts(notice, style);
  return `${mark} ${wrap(visible(sentence), width - 2).join('\n  ')}\n`;
}

interface NoticeParts {
  readonly mark: string;
  readonly sentence: string;
}

function noticeParts(notice: ListenerNotice, style: Style): NoticeParts {
  switch (notice.code) {
    case 'recording-failed':
      return bad(
        style,
        `cannot record to ${notice.file}: ${notice.reason}; requests are answered 503 until it works`,
      );
    case 'recording-resumed':
      return good(style, `recording to ${notice.file} works again`);
    case 'recording-moved':
      return mixed(style, `${notice.file} was moved or deleted; recording goes on in a new one`);
    case 'target-down':
      return bad(style, `${notice.url} is down: ${notice.reason}`);
    case 'target-up':
      return good(style, `${notice.url} is back`);
    case 'bad-request':
      return mixed(style, `something was answered ${notice.httpStatus} and hung up on: ${notice.reason}`);
    case 'cross-origin':
      return mixed(
        style,
        `refused a request of ${notice.page === undefined ? 'a web page that the browser did not name' : `the web page ${cut(notice.page, LONGEST_PAGE)}`}: pages may not send to this machine`,
      );
    case 'recovered':
      return good(
        style,
        `answers succeed again, after ${spanOf(notice.lastedMs)} and ${notice.failures} failures`,
      );
    case 'failing':
    case 'email':
    case 'disabled':
      return bad(style, outageSentence(notice));
    default:
      return notice satisfies never;
  }
}

function outageSentence({
  code,
  failures,
  lastedMs,
}: Extract<ListenerNotice, { readonly code: 'failing' | 'email' | 'disabled' | 'recovered' }>): string {
  const since = `${failures} answers in a row failed, for ${spanOf(lastedMs)}`;
  const toDisabled = `disable the webhook in ${spanOf(DISABLED_AFTER_MS - lastedMs)}`;
  if (code === 'disabled') return `${since}: Callbell would have disabled the webhook by now`;
  if (code === 'email')
    return `${since}: Callbell would have e-mailed the admin by now, and would ${toDisabled}`;
  return `${since}: Callbell would e-mail the admin in ${spanOf(EMAIL_AFTER_MS - lastedMs)} and ${toDisabled}`;
}

function bad(style: Style, sentence: string): NoticeParts {
  return { mark: style.red('!'), sentence };
}

function good(style: Style, sentence: string): NoticeParts {
  return { mark: style.green('✓'), sentence };
}

function mixed(style: Style, sentence: string): NoticeParts {
  return { mark: style.yellow('!'), sentence };
}

function spanOf(milliseconds: number): string {
  return together(formatDuration(milliseconds));
}
