import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES, fictionalCountryOf } from '../../src/domain/generate/fictional-numbers.ts';
import { runCli } from '../support/cli.ts';
import { readEvent } from './read-event.ts';

const FIXED = ['--seed', '7', '--now', '2026-09-30T14:03:00Z', '--json'];

async function payloads(...flags: string[]): Promise<Record<string, unknown>[]> {
  const { code, jsonLines, stderr } = await runCli(['simulate', ...flags, ...FIXED]);
  expect(code, stderr).toBe(0);
  return jsonLines.map(({ payload }) => payload as Record<string, unknown>);
}

describe('simulate: who', () => {
  it('draws numbers of all countries that are asked for, and of no other', async () => {
    const drawn = async (country: string): Promise<Set<string | undefined>> => {
      const { jsonLines } = await runCli([
        'simulate',
        '-s',
        'sent',
        '-n',
        '300',
        '--country',
        country,
        ...FIXED,
      ]);
      return new Set(jsonLines.map((event) => fictionalCountryOf(readEvent(event).destination ?? '')));
    };
    expect(await drawn('all')).toEqual(new Set(COUNTRY_CODES));
    expect(await drawn('fr,US')).toEqual(new Set(['FR', 'US']));
  });

  it("takes a number of one's own, and warns that it may be somebody's", async () => {
    const { stderr, jsonLines } = await runCli([
      'simulate',
      '-s',
      'sent',
      '--phone',
      '+49 30 901820',
      ...FIXED,
    ]);
    expect(readEvent(jsonLines[0]).destination).toBe('4930901820');
    expect(stderr).toContain('4930901820');
    const fictional = await runCli(['simulate', '-s', 'sent', '--phone', '447700900123', ...FIXED]);
    expect(fictional.stderr).toBe('');
  });

  it('gives as much of a contact as is asked for', async () => {
    const keys = async (kind: string): Promise<string[] | undefined> => {
      const [payload] = await payloads('-s', 'sent', '--contact', kind);
      return payload?.contact === undefined ? undefined : Object.keys(payload.contact as object);
    };
    expect(await keys('none')).toBeUndefined();
    expect(await keys('minimal')).toEqual(['uuid', 'name', 'phoneNumber', 'source']);
    expect(await keys('full')).toHaveLength(17);
    expect(await keys('bsuid')).toContain('bsuid');
    const [payload] = await payloads('-s', 'sent', '--contact', 'bsuid', '-p', 'cloud');
    expect(JSON.stringify(payload)).not.toContain('recipient_id');
    expect(JSON.stringify(payload)).toContain('recipient_user_id');
  });

  it('has names of many scripts', async () => {
    const names = (await payloads('-s', 'sent', '-n', '3000')).map(
      ({ contact }) => (contact as { name: string }).name,
    );
    const text = names.join('');
    for (const script of [/é/, /\p{Script=Arabic}/u, /\p{Script=Han}/u, /\p{Extended_Pictographic}/u, /'/]) {
      expect(text).toMatch(script);
    }
  });

  it("carries the message and the metadata of one's own", async () => {
    const uuid = 'a'.repeat(32);
    const [payload] = await payloads(
      '-s',
      'sent',
      '--uuid',
      uuid,
      '--metadata',
      'a=1',
      '--metadata',
      'b=x=y',
    );
    expect(payload).toMatchObject({ uuid, metadata: { a: '1', b: 'x=y' } });
  });

  const manyPairs = Array.from({ length: 11 }, (_, n) => ['--metadata', `k${n}=v`]).flat();
  it.each([
    [['--metadata', `${'k'.repeat(51)}=v`], '50'],
    [['--metadata', `k=${'v'.repeat(501)}`], '500'],
    [manyPairs, '10 pairs'],
    [['--metadata', 'k=1', '--metadata', 'k=2'], 'already'],
    [['--metadata', 'k'], 'name=value'],
    [['--phone', '12'], '7 to 15'],
    [['--uuid', 'ADF3D121-6D4C-4DCD-9081-99D6700F2381'], 'adf3d1216d4c4dcd908199d6700f2381'],
    [['--country', 'GBR'], '"GB"'],
    [['--contact', 'ful'], '"full"'],
    [['--provider', 'clod'], '"cloud"'],
    [['--country', 'GB', '--phone', '447700900123'], 'exclude'],
  ])('refuses %j as usage', async (flags, expected) => {
    const { code, stderr } = await runCli(['simulate', '-s', 'sent', ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });
});
