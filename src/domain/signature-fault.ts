/**
 * Ways to sign badly, to see a handler refuse: no header; another secret; a time outside the tolerance; the
 * signature of another body.
 */
export const SIGNATURE_FAULTS = ['missing', 'wrong', 'stale', 'other-body'] as const;

/** One of {@link SIGNATURE_FAULTS}. */
export type SignatureFault = (typeof SIGNATURE_FAULTS)[number];
