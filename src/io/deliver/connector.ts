import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { dropInterimAnswers } from './interim-answers.ts';

/** What undici calls to open a connection. */
export type Connector = buildConnector.connector;

/** Makes undici's connector with two differences: see {@link withoutInterimAnswers} and {@link lookUp}. */
export function createConnector(options: buildConnector.BuildOptions): Connector {
  return withoutInterimAnswers(buildConnector({ ...options, lookup: lookUp } as buildConnector.BuildOptions));
}

/** Drops the interim answers on each connection that a connector opens. */
export function withoutInterimAnswers(connect: Connector): Connector {
  return (target, callback) => {
    connect(target, (...result) => {
      const [, socket] = result;
      if (socket !== null && socket !== undefined) dropInterimAnswers(socket);
      callback(...result);
    });
  };
}

/** Many resolvers know `localhost` and no name below it, which RFC 6761 (6.3) gives to this machine too. */
const lookUp: LookupFunction = (hostname, options, callback) => {
  lookup(/\.localhost\.?$/i.test(hostname) ? 'localhost' : hostname, options, callback);
};
