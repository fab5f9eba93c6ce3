import type { OutageNotice } from './outage.ts';

/** Something a listener has to say that is not an arrival. */
export type ListenerNotice =
  /** The capture cannot be written: requests are answered 503 until it can. */
  | { readonly code: 'recording-failed'; readonly file: string; readonly reason: string }
  /** The capture can be written again. */
  | { readonly code: 'recording-resumed'; readonly file: string }
  /** The capture was moved or deleted by someone else, and begun anew. */
  | { readonly code: 'recording-moved'; readonly file: string }
  /** A forward's target stopped answering. Said once, until it is back. */
  | { readonly code: 'target-down'; readonly url: string; readonly reason: string }
  /** A forward's target answers again. */
  | { readonly code: 'target-up'; readonly url: string }
  /** Something that is no HTTP request was answered and hung up on. */
  | { readonly code: 'bad-request'; readonly httpStatus: number; readonly reason: string }
  /** A request of a web page was refused. Said once for each page, of which the browser may tell nothing. */
  | { readonly code: 'cross-origin'; readonly page: string | undefined }
  | OutageNotice;
