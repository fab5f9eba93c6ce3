import type { Origin } from './failures.ts';

interface Advice {
  readonly codes: readonly number[];
  readonly advice: string;
}

/**
 * What a failure asks of the sender, by kind, from what Meta and Gupshup write beside the codes. Codes
 * of three number spaces stand together; none of them means one thing here and another there.
 */
export const FAILURE_ADVICE: readonly Advice[] = [
  {
    codes: [470, 1004, 1005, 1006, 1007, 1008, 131047],
    advice:
      'The recipient last wrote more than 24 hours ago. Send an approved template, to recipients who opted in; the same message fails again.',
  },
  {
    codes: [1002, 1013, 1026, 131026],
    advice:
      'WhatsApp cannot deliver to this number: there is no account, or (131026) its app is too old or the terms were not accepted. Check the number; do not retry automatically.',
  },
  {
    codes: [1012, 131050],
    advice: 'The recipient does not want such messages. Do not send them again.',
  },
  {
    codes: [472, 130472, 131049],
    advice:
      'Meta holds marketing messages back from this recipient for a while. Sending at once again does not help.',
  },
  {
    codes: [4, 429, 471, 4001, 80007, 130429, 131048, 131056, 133016],
    advice: 'Too much in too short a time, or too many recipients who blocked it. Wait, then send less.',
  },
  {
    codes: [402, 1003, 9999, 131042, 131044],
    advice: 'A matter of payment: top the account up or put its payment method right, then send again.',
  },
  {
    codes: [1000, 1010, 1011, 1014, 131052, 131053],
    advice: 'The file cannot be fetched or is not accepted. Check its URL, type and size.',
  },
  {
    codes: [
      4003, 4005, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 134101, 134102,
    ],
    advice:
      'The template does not fit what was sent with it, or cannot be used now. Look at it in the account.',
  },
  {
    codes: [10, 190, 368, 430, 432, 433, 130497, 131005, 131031, 131037, 131045, 131063, 131064, 133010],
    advice:
      "Something about the business's account or number must be put right first. Sending again does not help.",
  },
  {
    codes: [1, 2, 500, 4002, 131000, 131016, 131057, 133004, 135000],
    advice: 'A fault at the provider, often a passing one. Send again later.',
  },
  {
    codes: [33, 100, 408, 1001, 1009, 4004, 131008, 131009, 131021, 131051, 134100],
    advice: 'The request was wrong in some part. Sending it again unchanged does not help.',
  },
];

/** How all of the advice is known: what goes with a code is our reading of the words beside it. */
export const FAILURE_ADVICE_ORIGIN: Origin = 'assumed';

/** What to do about a failure; undefined where nothing is known but its text. */
export function failureAdvice(code: number): string | undefined {
  return FAILURE_ADVICE.find(({ codes }) => codes.includes(code))?.advice;
}
