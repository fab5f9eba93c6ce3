/** Where the raw object of the provider stands in an event. */
export const PROVIDER_PATH = ['payload', 'messageStatusPayload'] as const;
