import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

const FIXED = ['--seed', '7', '--now', '2026-09-30T14:03:00Z', '--json'];

type Raw = Record<string, unknown>;

function payloadOf(event: Raw | undefined): Raw {
  return event?.payload as Raw;
}

/** The provider objects by status, of one life. */
async function objectsOf(...flags: string[]): Promise<Record<string, Raw>> {
  const { code, jsonLines, stderr } = await runCli(['simulate', ...FIXED, ...flags]);
  expect(code, stderr).toBe(0);
  return Object.fromEntries(
    jsonLines.map(({ payload }) => {
      const { status, messageStatusPayload } = payload as { status: string; messageStatusPayload: Raw };
      return [status, messageStatusPayload];
    }),
  );
}

/** The value of Meta's change by status. */
async function cloudOf(...flags: string[]): Promise<Record<string, { value: Raw; status: Raw }>> {
  const objects = await objectsOf('--provider', 'cloud', ...flags);
  return Object.fromEntries(
    Object.entries(objects).flatMap(([name, object]) => {
      if (object === undefined) return [];
      const { value } = (object as { messaging: { value: Raw } }).messaging;
      return [[name, { value, status: (value.statuses as Raw[])[0] ?? {} }]];
    }),
  );
}

describe('the form of today', () => {
  it('has UUIDs at Gupshup, which hold no number, and no userId', async () => {
    const { enqueued, sent, delivered, read } = await objectsOf('-S', 'read');
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect([sent?.id, sent?.gsId]).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
    expect(enqueued).toMatchObject({
      id: sent?.gsId,
      payload: { whatsappMessageId: sent?.id, type: 'session' },
    });
    for (const object of [enqueued, sent, delivered, read]) expect(object).not.toHaveProperty('userId');
    expect(Object.keys(delivered ?? {}).sort()).toEqual(['destination', 'gsId', 'id', 'payload', 'type']);
  });

  it('has the number and the BSUID at Meta, of the country, with contacts without a profile', async () => {
    const { sent, delivered, read } = await cloudOf('-S', 'read', '--country', 'MX');
    for (const each of [sent, delivered, read]) {
      const { recipient_id: phone, recipient_user_id: bsuid } = each?.status ?? {};
      expect(bsuid).toMatch(/^MX\.\d{16}$/);
      expect(each?.value.contacts).toEqual([{ wa_id: phone, user_id: bsuid }]);
      expect(each?.status).not.toHaveProperty('conversation');
    }
    const { failed } = await cloudOf('-S', 'failed-late');
    expect(failed?.value).toHaveProperty('contacts');
    expect(failed?.status).toHaveProperty('recipient_user_id');
  });

  it('tells the BSUID in the contact of Cloud channels beside the number, and of no other', async () => {
    const contactOf = async (...flags: string[]) => {
      const { jsonLines } = await runCli(['simulate', '-s', 'sent', ...FIXED, ...flags]);
      return payloadOf(jsonLines[0]).contact;
    };
    expect(await contactOf('-p', 'cloud')).toMatchObject({
      bsuid: expect.stringMatching(/^GB\.\d{16}$/),
      phoneNumber: expect.stringMatching(/^44/),
    });
    expect(await contactOf('-p', 'gupshup')).not.toHaveProperty('bsuid');
    expect(await contactOf('-p', 'none')).not.toHaveProperty('bsuid');
  });
});

describe('the price', () => {
  it.each([
    ['service', 'service', 'free_customer_service', false],
    ['marketing', 'marketing', 'regular', true],
    ['authentication', 'authentication', 'regular', true],
    ['authentication_international', 'authentication-international', 'regular', true],
    ['referral_conversion', 'referral_conversion', 'free_entry_point', false],
  ])('of %s is in sent and delivered, not in read', async (category, name, type, billable) => {
    const { sent, delivered, read } = await cloudOf('-S', 'read', '--category', category);
    const pricing = { billable, pricing_model: 'PMP', category: name, type };
    expect([sent?.status.pricing, delivered?.status.pricing]).toEqual([pricing, pricing]);
    expect(read?.status).not.toHaveProperty('pricing');
    const gupshup = await objectsOf('-S', 'read', '--category', category);
    expect(gupshup.sent?.pricing).toEqual({ policy: 'PMP', category, type });
    expect(gupshup.delivered).not.toHaveProperty('pricing');
    const isTemplate = category !== 'service' && category !== 'referral_conversion';
    expect(gupshup.enqueued).toMatchObject({ payload: { type: isTemplate ? 'template' : 'session' } });
  });

  it('is in read where delivered never comes', async () => {
    const { sent, read } = await cloudOf('-S', 'read-without-delivered');
    expect(read?.status.pricing).toEqual(sent?.status.pricing);
  });

  it('of utility is free inside an open window, and regular outside of one', async () => {
    const argv = ['simulate', '-s', 'sent', '-n', '200', '--category', 'utility', '-p', 'cloud', ...FIXED];
    const { stdout } = await runCli(argv);
    expect(stdout).toContain('"billable":true,"pricing_model":"PMP","category":"utility","type":"regular"');
    expect(stdout).toContain(
      '"billable":false,"pricing_model":"PMP","category":"utility","type":"free_customer_service"',
    );
  });

  it('has a conversation in a free entry point window', async () => {
    const { sent } = await cloudOf('-S', 'read', '--category', 'referral_conversion');
    expect(sent?.status.conversation).toMatchObject({ origin: { type: 'referral_conversion' } });
  });
});

describe('--era', () => {
  it('gives the forms of a time, and its times', async () => {
    const old = async (era: string) => {
      const { code, jsonLines } = await runCli([
        'simulate',
        '-s',
        'sent',
        '--seed',
        '7',
        '--json',
        '--era',
        era,
      ]);
      expect(code).toBe(0);
      return payloadOf(jsonLines[0]).messageStatusPayload as Raw;
    };
    const first = await old('2023');
    expect(first).toMatchObject({
      id: expect.stringMatching(/^gB[EG]G/),
      pricing: { policy: 'CBP', category: 'service' },
    });
    const { ts } = first.payload as { ts: number };
    expect(first.conversation).toMatchObject({
      type: 'service',
      expiresAt: Math.ceil(ts / 60) * 60 + 86_400,
    });
    expect(new Date(ts * 1000).toISOString()).toMatch(/^2023-09-30T23:59/);
    expect(await old('2023-10')).toMatchObject({
      id: expect.stringMatching(/-4/),
      pricing: { policy: 'CBP' },
    });
    expect(await old('2025-07')).toMatchObject({ pricing: { policy: 'PMP' } });
  });

  it('has no BSUID before April 2026', async () => {
    const { stdout } = await runCli([
      'simulate',
      '-S',
      'read',
      '-p',
      'cloud',
      '--era',
      '2025-07',
      '--seed',
      '7',
      '--json',
    ]);
    expect(stdout).not.toMatch(/user_id|bsuid|"contacts"/);
  });

  it.each([
    [['--era', '2023', '--now', '2026-01-01'], 'not in the era'],
    [['--era', '2023', '--contact', 'bsuid', '-p', 'cloud'], 'BSUID'],
    [['--era', '2025-07', '--variant', 'user-id'], 'user-id'],
    [['--variant', 'profile'], 'cloud'],
    [['--variant', 'profle'], '"profile"'],
    [['--era', '2026-4'], '2026-04'],
    [['--category', 'marketng'], '"marketing"'],
    [['--category', 'marketing', '-p', 'none'], 'provider'],
    [['--within', '2m'], '--scenario'],
  ])('refuses %j as usage', async (flags, expected) => {
    const { code, stdout, stderr } = await runCli(['simulate', '-s', 'sent', '--seed', '7', ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });
});

describe('--variant', () => {
  it('number-only has neither BSUID nor contacts', async () => {
    const { sent } = await cloudOf('-S', 'read', '--variant', 'number-only');
    expect(sent?.value).not.toHaveProperty('contacts');
    expect(sent?.status).not.toHaveProperty('recipient_user_id');
  });

  it('profile has the name, a username but on sent, and nothing on failed', async () => {
    const { sent, read } = await cloudOf('-S', 'read', '--variant', 'profile');
    expect(sent?.value.contacts).toMatchObject([{ profile: { name: expect.any(String) } }]);
    expect(JSON.stringify(sent)).not.toContain('username');
    expect(read?.value.contacts).toMatchObject([
      { profile: { username: expect.stringMatching(/^@[a-z]+$/) } },
    ]);
    const { failed } = await cloudOf('-S', 'failed-late', '--variant', 'profile');
    expect(failed?.value).not.toHaveProperty('contacts');
  });

  it('conversation ends when it begins, on sent only, and is the same on delivered', async () => {
    const { sent, delivered, read } = await cloudOf('-S', 'read', '--variant', 'conversation');
    const { timestamp, conversation } = sent?.status ?? {};
    expect(conversation).toMatchObject({ expiration_timestamp: timestamp, origin: { type: 'service' } });
    const { id } = conversation as Raw;
    expect(delivered?.status.conversation).toEqual({ id, origin: { type: 'service' } });
    expect(read?.status).not.toHaveProperty('conversation');
  });

  it('gives template_id to templates, parent ids, userId, short ids and no price', async () => {
    const { sent } = await cloudOf(
      '-S',
      'read',
      '--category',
      'utility',
      '--variant',
      'template-id,parent-id',
    );
    expect(sent?.status).toMatchObject({
      template_id: expect.stringMatching(/^\d{16}$/),
      parent_recipient_user_id: expect.stringMatching(/^GB\.ENT\.\d{20}$/),
    });
    const free = await cloudOf('-S', 'read', '--variant', 'template-id,no-pricing');
    expect(free.sent?.status).not.toHaveProperty('template_id');
    expect(free.sent?.status).not.toHaveProperty('pricing');
    const gupshup = await objectsOf('-S', 'failed-late', '--variant', 'user-id,short-id,failure-id');
    const short = expect.stringMatching(/^[0-9A-Za-z]{22}$/);
    expect(gupshup.sent).toMatchObject({ id: short, userId: expect.stringMatching(/^GB\./) });
    expect(gupshup.failed).toMatchObject({ id: short, gsId: gupshup.sent?.gsId });
    expect(gupshup.failed?.id).not.toBe(gupshup.sent?.id);
  });
});
