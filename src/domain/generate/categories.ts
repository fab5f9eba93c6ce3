import type { Origin } from '../origin.ts';

/** Price of a message under per-message pricing. */
export interface Price {
  readonly type: 'regular' | 'free_customer_service' | 'free_entry_point';
  readonly billable: boolean;
}

/** Category of a message, and what it costs. */
export interface Category {
  readonly meaning: string;
  readonly origin: Origin;
  /** Name in Meta's `pricing`, where it differs; conversations and Gupshup use the underscore. */
  readonly metaName?: string;
  readonly price: Price;
  /** Price of the same message inside an open customer service window, where it differs. */
  readonly priceInWindow?: Price;
  /** Sent as a template; free text belongs to an open window. */
  readonly isTemplate: boolean;
  /** Belongs to a conversation in any version of the webhook: a free entry point window. */
  readonly isEntryPoint?: true;
  /** Share of a mix in which no category is asked for, in percent (assumed). */
  readonly share: number;
}

const REGULAR: Price = { type: 'regular', billable: true };
const FREE: Price = { type: 'free_customer_service', billable: false };

/** Every category that is generated. */
export const CATEGORIES = {
  service: {
    meaning: 'free text inside the 24 hours after the recipient wrote: free',
    origin: 'seen',
    price: FREE,
    isTemplate: false,
    share: 45,
  },
  utility: {
    meaning: 'a template about an order or an account; free where the window is open',
    origin: 'seen',
    price: REGULAR,
    priceInWindow: FREE,
    isTemplate: true,
    share: 27,
  },
  marketing: {
    meaning: 'a template that promotes; the category that Meta holds back (131049)',
    origin: 'seen',
    price: REGULAR,
    isTemplate: true,
    share: 20,
  },
  authentication: {
    meaning: 'a template with a code to log in',
    origin: 'documented',
    price: REGULAR,
    isTemplate: true,
    share: 6,
  },
  authentication_international: {
    meaning: 'the same at the international rate',
    origin: 'documented',
    metaName: 'authentication-international',
    price: REGULAR,
    isTemplate: true,
    share: 1,
  },
  referral_conversion: {
    meaning: 'free text after an advertisement: free for 72 hours, inside a conversation',
    origin: 'documented',
    price: { type: 'free_entry_point', billable: false },
    isTemplate: false,
    isEntryPoint: true,
    share: 1,
  },
} as const satisfies Record<string, Category>;

/** Name of a category. */
export type CategoryName = keyof typeof CATEGORIES;

/** Names of all categories, the default first. */
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as [CategoryName, ...CategoryName[]];
