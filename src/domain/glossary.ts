/** A word that people meet in events, explained. */
export interface GlossaryEntry {
  readonly means: string;
  /** Advice to a handler. */
  readonly handler: string;
  /** How it is known. */
  readonly source: string;
}

/** Words besides statuses, failure codes and problems; the names are lower case, as `explain` compares them. */
export const GLOSSARY: Readonly<Record<string, GlossaryEntry>> = {
  bsuid: {
    means:
      'Business-scoped user id of a recipient: two letters of the country, a dot, and up to 128 letters and digits (16 digits in all real ones that were read). Since April 2026 it comes beside the number in the events of Cloud channels, and alone where the number is withheld.',
    handler:
      'Do not require a phone number: a contact may be known by its BSUID only. It changes with the number.',
    source: 'Meta, business-scoped user IDs; seen in captures of May to August 2026',
  },
  gsid: {
    means:
      "Gupshup's own id of the message, a UUID. At `enqueued`, and where a message is refused at once, it stands in `id`; later in `gsId`. Events more than a week after the send do not have it.",
    handler: 'Tell messages apart by payload.uuid, not by this.',
    source: 'Gupshup partner docs, message-events',
  },
  wamid: {
    means:
      "Meta's id of a message: `wamid.` and base64, with the number or the BSUID of the recipient inside in the clear.",
    handler: 'Treat it as opaque and as personal data: whoever reads it knows the number.',
    source: 'seen in captures; its form is documented nowhere',
  },
  pricing: {
    means:
      'What a message costs: category, type (regular, free_customer_service, free_entry_point) and, at Meta, billable. Since July 2025 the price is per message (PMP). At Gupshup it goes with sent; at Meta with sent and with one of delivered and read, and was seen on all three.',
    handler:
      'Count once a message, not once an event. Rely on type and category: Meta announced that billable goes.',
    source: 'Meta, status messages webhook reference; Gupshup partner docs, pmp-events',
  },
  metadata: {
    means:
      'Key/value pairs that the sender attached on sending: at most 10, keys of 50 and texts of 500 characters.',
    handler: 'Use it to find your own order or customer again; it is missing where nothing was attached.',
    source: 'Callbell, messages_api/post_send_messages',
  },
  messagestatuspayload: {
    means:
      'The raw object of the WhatsApp provider: that of Gupshup, or of Meta below `messaging.value.statuses`. Nothing promises its shape or presence; what QR channels send is documented nowhere.',
    handler:
      'payload.status is complete without it. Look inside for the time and for the reason of a failure.',
    source: 'Callbell, message_status_updated; added in June 2023',
  },
  played: {
    means:
      "Meta's word for a voice note that was listened to. Callbell has no such status; the nearest is read.",
    handler: 'Treat it as read where you meet it inside the provider object.',
    source: 'Meta, status messages webhook reference',
  },
};
