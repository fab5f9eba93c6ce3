import {
  is,
  listOf,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  required,
  wholeNumber,
} from '../check-options.ts';
import { isJsonObject } from '../json.ts';
import { PROVIDERS } from '../providers/providers.ts';
import { MESSAGE_STATUSES } from '../status.ts';
import { CATEGORY_NAMES } from './categories.ts';
import { CONTACT_KINDS } from './contact.ts';
import { ERA_NAMES } from './era.ts';
import type { GenerateEventOptions, GenerateScenarioOptions } from './event.ts';
import { COUNTRY_CODES } from './fictional-numbers.ts';
import type { MessageOptions } from './run.ts';
import { SCENARIOS } from './scenarios.ts';
import { VARIANT_NAMES } from './variants.ts';

const object = is(isJsonObject, 'an object');

const MESSAGE_CHECKS: OptionChecks<MessageOptions> = {
  provider: oneOf([...Object.keys(PROVIDERS), 'none']),
  era: oneOf(ERA_NAMES),
  category: oneOf(CATEGORY_NAMES),
  variants: listOf(oneOf(VARIANT_NAMES), 0),
  failureCode: wholeNumber(0),
  contact: oneOf(Object.keys(CONTACT_KINDS)),
  countries: listOf(oneOf(COUNTRY_CODES), 1),
  phone: is(
    (value) => typeof value === 'string' && /^[1-9]\d{6,14}$/.test(value),
    'a text of 7 to 15 digits',
  ),
  uuid: is(
    (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
    'a text of 32 lower-case hex digits',
  ),
  metadata: object,
  withinSeconds: is((value) => typeof value === 'number' && value >= 0, 'a number of seconds'),
  adopted: object,
};

/** What each option of `generateEvent` takes. */
export const EVENT_CHECKS: OptionChecks<GenerateEventOptions> = {
  status: required(oneOf(MESSAGE_STATUSES)),
  ...MESSAGE_CHECKS,
};

/** What each option of `generateScenario` takes. */
export const SCENARIO_CHECKS: OptionChecks<GenerateScenarioOptions> = {
  scenario: required(oneOf(Object.keys(SCENARIOS))),
  ...MESSAGE_CHECKS,
};

/** What comes from `createEntropy`. */
export const isEntropy: OptionCheck = is(
  (value) => typeof value === 'object' && value !== null && 'nextMessage' in value,
  'made by createEntropy({ seed, now })',
);
