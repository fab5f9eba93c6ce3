import type { Arrival } from '../../domain/arrival/arrival.ts';
import type { Expectations } from '../../domain/arrival/expectation.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { OutageClock } from '../../domain/arrival/outage.ts';
import type { ArrivalTally } from '../../domain/arrival/tally.ts';
import { pageOf } from '../../domain/arrival/web-page.ts';
import type { ArrivalDisplay } from './display.ts';
import type { LostForwards } from './lost-forwards.ts';

/** Bad requests may come by the thousand; the first of each kind is said, the others are not news. */
export function noticeSayer(
  tally: ArrivalTally,
  print: (notice: ListenerNotice) => void,
): (notice: ListenerNotice) => void {
  const said = new Set<number>();
  return (notice) => {
    if (notice.code === 'bad-request') {
      tally.addBadRequest(notice.httpStatus);
      if (said.has(notice.httpStatus)) return;
      said.add(notice.httpStatus);
    }
    print(notice);
  };
}

/** What takes part in following arrivals. */
export interface Followers {
  readonly tally: ArrivalTally;
  readonly expectations: Expectations;
  readonly display: ArrivalDisplay;
  readonly lost: LostForwards;
  readonly say: (notice: ListenerNotice) => void;
  /** Also requests of web pages are shown. */
  readonly showsPages: boolean;
  /** Called where more arrivals can change nothing that is expected. */
  readonly onSettled: () => void;
}

/** Makes the function that every arrival is given to. */
export function arrivalFollower({
  tally,
  expectations,
  display,
  lost,
  say,
  showsPages,
  onSettled,
}: Followers): (arrival: Arrival) => void {
  const outage = new OutageClock();
  const sayPage = pageSayer(say);
  return (arrival) => {
    tally.add(arrival);
    expectations.add(arrival);
    if (arrival.forwards !== undefined) lost.add(arrival.forwards);
    const isOfPage = arrival.refusal === 'cross-origin';
    if (isOfPage) sayPage(pageOf(arrival.headers));
    // A page may send without end: only machines get a line for each.
    if (showsPages || !isOfPage) display.show(arrival);
    const notice = outage.add(arrival);
    if (notice !== undefined) say(notice);
    if (expectations.isSettled) onSettled();
  };
}

/** Names a page with its first request. */
function pageSayer(say: (notice: ListenerNotice) => void): (page: string | undefined) => void {
  const named = new Set<string | undefined>();
  return (page) => {
    if (named.size >= NAMED_PAGES || named.has(page)) return;
    named.add(page);
    say({ code: 'cross-origin', page });
  };
}

/** Pages that are named; of more, the requests are only counted. */
const NAMED_PAGES = 20;
