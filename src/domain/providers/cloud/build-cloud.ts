import { metaTexts } from '../../failures.ts';
import { CATEGORIES, type Category } from '../../generate/categories.ts';
import { endOfConversation } from '../../generate/conversation.ts';
import type { JsonObject } from '../../json.ts';
import type { GeneratedFailure, ProviderMessage, ProviderStep } from '../provider.ts';

const ERRORS_HREF = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

type Built = Record<string, unknown>;

/** Builds Meta's change as two clients of Callbell read it, with one status inside. */
export function buildCloud(step: ProviderStep, message: ProviderMessage): JsonObject | undefined {
  if (step.status === 'enqueued' || step.status === 'mismatch') return undefined;
  const { account } = message;
  const value: Built = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: account.phone, phone_number_id: account.phoneNumberId },
  };
  const contact = contactOf(step, message);
  if (contact !== undefined) value.contacts = [contact];
  value.statuses = [statusOf(step, message)];
  return { messaging: { value, field: 'messages' } };
}

function statusOf(step: ProviderStep, message: ProviderMessage): Built {
  const { status, failure } = step;
  const { phone, form } = message;
  const bsuid = bsuidOf(message);
  // Assigned one by one: spreading objects together takes longer than all the rest of an event.
  const entry: Built = { id: message.ids.whatsappId, status, timestamp: String(step.timeSeconds) };
  if (phone !== undefined) entry.recipient_id = phone;
  if (bsuid !== undefined) entry.recipient_user_id = bsuid;
  if (form.variants.has('parent-id')) entry.parent_recipient_user_id = parentOf(message);
  if (form.variants.has('template-id') && isTemplate(message)) entry.template_id = templateOf(message);
  if (status === 'sent' || status === pricedReceipt(message)) addSides(entry, step, message);
  if (failure !== undefined) entry.errors = [buildError(failure)];
  return entry;
}

/** BSUID of a status; in captures up to mid April 2026 it is missing beside a number. */
function bsuidOf({ phone, bsuid, form }: ProviderMessage): string | undefined {
  return phone !== undefined && form.variants.has('number-only') ? undefined : bsuid;
}

/** Price and conversation go with `sent` and with one of `delivered` and `read` (documented). */
function pricedReceipt({ skipsDelivered }: ProviderMessage): 'delivered' | 'read' {
  return skipsDelivered ? 'read' : 'delivered';
}

function isTemplate({ form }: ProviderMessage): boolean {
  return CATEGORIES[form.category].isTemplate;
}

/** Member of `contacts`: today without a profile (seen August 2026); with one as Meta documents it (variant). */
function contactOf({ status }: ProviderStep, message: ProviderMessage): Built | undefined {
  const { phone, name, form } = message;
  const bsuid = bsuidOf(message);
  if (bsuid === undefined) return undefined;
  const contact: Built = {};
  if (form.variants.has('profile')) {
    if (status === 'failed') return undefined;
    const username = `@${
      name
        .normalize('NFKD')
        .replace(/[^A-Za-z]/g, '')
        .toLowerCase() || 'user'
    }`;
    contact.profile = status === 'sent' ? { name } : { name, username };
  }
  if (phone !== undefined) contact.wa_id = phone;
  contact.user_id = bsuid;
  if (form.variants.has('parent-id')) contact.parent_user_id = parentOf(message);
  return contact;
}

/** Parent BSUID of linked portfolios: `ENT.` and 20 digits (seen). */
function parentOf({ bsuid = '', draws }: ProviderMessage): string {
  const digits = `${draws.below('bsuidHigh', 1e9)}${draws.below('bsuidLow', 1e9)}`.padStart(20, '7');
  return `${bsuid.slice(0, 2)}.ENT.${digits}`;
}

/** A template id looks like other ids of Meta: 16 digits (seen). */
function templateOf({ draws }: ProviderMessage): string {
  return String(1e15 + Math.floor(draws.fraction('template') * 8e15));
}

function addSides(
  entry: Built,
  { status, timeSeconds }: ProviderStep,
  { form, draws }: ProviderMessage,
): void {
  const { era, category, price, variants } = form;
  const { metaName = category, isEntryPoint }: Category = CATEGORIES[category];
  if (era.pricing === 'CBP' || variants.has('conversation') || isEntryPoint) {
    const conversation: Built = { id: draws.hex('conversation') };
    if (status === 'sent') conversation.expiration_timestamp = String(endOfConversation(timeSeconds, era));
    conversation.origin = { type: category };
    entry.conversation = conversation;
  }
  if (variants.has('no-pricing')) return;
  entry.pricing =
    era.pricing === 'CBP'
      ? { billable: true, pricing_model: 'CBP', category: metaName }
      : { billable: price.billable, pricing_model: 'PMP', category: metaName, type: price.type };
}

function buildError({ fact }: GeneratedFailure): JsonObject {
  const { title, details } = metaTexts(fact);
  return { code: fact.code, title, message: title, error_data: { details }, href: ERRORS_HREF };
}
