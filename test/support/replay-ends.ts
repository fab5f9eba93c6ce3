import type { ChildProcess } from 'node:child_process';
import type { CountingHandler } from './counting-handler.ts';

/** A way in which a run of `replay` comes to its end. */
export interface ReplayEnd {
  /** Flags besides those of every run. */
  readonly flags: readonly string[];
  /** Streams and files that take nothing, as on a full disk. */
  readonly full: readonly ('stdout' | 'report')[];
  /** The largest file that may be written, in KiB: how a disk fills in the middle of the failures. */
  readonly fileLimit?: number;
  /** What the handler answers to its n-th request, where the end comes at the k-th. */
  readonly answer: (n: number, k: number) => number | 'nothing';
  /** Done once the handler has its k-th request. */
  readonly act: (child: ChildProcess, handler: CountingHandler) => void;
  /** The exit codes of the run, where not every event was accepted. */
  readonly codes: readonly number[];
  /** Whether requests may be acknowledged that the sender has given up. */
  readonly givesUp: boolean;
  /** Whether the run goes on to the end of its input. */
  readonly goesOn: boolean;
  /** Whether nobody hears all that is said on stderr. */
  readonly isDeaf: boolean;
}

const END: ReplayEnd = {
  flags: [],
  full: [],
  answer: () => 200,
  act: () => {},
  codes: [],
  givesUp: false,
  goesOn: false,
  isDeaf: false,
};

const signal = (name: NodeJS.Signals, code: number): ReplayEnd => ({
  ...END,
  act: (child) => void child.kill(name),
  codes: [code],
});

/** Every way in which a run may end. */
export const ENDS: Readonly<Record<string, ReplayEnd>> = {
  'of the input': { ...END, codes: [0], goesOn: true },
  SIGINT: signal('SIGINT', 130),
  SIGTERM: signal('SIGTERM', 143),
  SIGHUP: signal('SIGHUP', 129),
  'SIGINT twice, the handler hanging': {
    ...END,
    answer: (n, k) => (n < k ? 200 : 'nothing'),
    act: (child) => {
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGINT'), 700);
    },
    codes: [130],
    givesUp: true,
  },
  '--bail': { ...END, flags: ['--bail'], answer: (n, k) => (n === k ? 500 : 200), codes: [1] },
  'the handler refuses now and then': {
    ...END,
    answer: (n, k) => (n % (k + 1) === 0 ? 500 : 200),
    codes: [1],
    goesOn: true,
  },
  'the handler dies': {
    ...END,
    act: (_child, handler) => handler.kill(),
    codes: [1],
    givesUp: true,
    goesOn: true,
  },
  'the reader of stdout leaves': {
    ...END,
    act: (child) => void child.stdout?.destroy(),
    codes: [3],
  },
  'the reader of stderr leaves': {
    ...END,
    act: (child) => void child.stderr?.destroy(),
    codes: [0],
    goesOn: true,
    isDeaf: true,
  },
  'no disk for the report': { ...END, full: ['report'], codes: [3] },
  'no disk for stdout': { ...END, full: ['stdout'], codes: [3] },
  'no disk for the failures': {
    ...END,
    flags: ['--bail'],
    fileLimit: 400,
    answer: (n, k) => (n === k ? 500 : 200),
    codes: [3],
  },
};
