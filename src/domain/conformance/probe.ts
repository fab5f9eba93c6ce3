/** What the app says of a message. */
export interface ProbeReading {
  /** The app's state as one of our statuses; undefined where it knows no such message. */
  readonly status: string | undefined;
  /** How often something happened for the message that must happen once; undefined where it does not say. */
  readonly effects: number | undefined;
}

/** Reads the state of a message from the app. Rejects where the answer cannot be understood. */
export type Probe = (uuid: string) => Promise<ProbeReading>;
