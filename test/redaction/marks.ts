import { whatsappIds } from './marked-ids.ts';

/** One person's data, as the tests hide it in requests. */
const NUMBER = '393471234567';
const NATIONAL = '3471234567';
const CARD = '4111111111111111';
const PIN = '482913';
const SECRET = 's3cr3tT0kenAbcdefgh';
const WORD_SECRET = 'zugangsgeheimnis';

const inScript = (zero: number) => (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const base64 = (text: string) => Buffer.from(text).toString('base64');
const { wamid, old } = whatsappIds(NUMBER);
const DASHBOARD = 'https://dash.callbell.eu/contacts';

const TEXTS: Readonly<Record<string, string>> = {
  international: NUMBER,
  plus: `+${NUMBER}`,
  '00 in front': `00${NUMBER}`,
  national: NATIONAL,
  '0 in front': `0${NATIONAL}`,
  spaced: '347 123 4567',
  'spaced, with country code': '39 347 123 4567',
  dotted: '39.347.123.4567',
  dashed: '347-123-4567',
  bracketed: '(347) 123-4567',
  slashed: '0347/1234567',
  'no-break spaces': '39\u00a0347\u202f123\u20074567',
  'zero-width inside': '3934\u200b7123\u2060456\u00ad7',
  'full-width': inScript(0xff10)(NUMBER),
  'Arabic-Indic': inScript(0x660)(NUMBER),
  Persian: inScript(0x6f0)(NUMBER),
  Devanagari: inScript(0x966)(NUMBER),
  Thai: inScript(0xe50)(NUMBER),
  'glued to a word': `tel${NUMBER}`,
  'behind an underscore': `id_${NUMBER}`,
  'behind a dash': `session-${NUMBER}`,
  'behind a colon': `unknown:${NUMBER}`,
  'in a sentence': 'il numero 347 1234567 di Maria Rossi non esiste',
  'as an id of a QR channel': `${NUMBER}-1612345678`,
  'as a JID': `${NUMBER}@s.whatsapp.net`,
  'percent-encoded': NUMBER.replace(/\d/g, (digit) => `%3${digit}`),
  'HTML-escaped': NUMBER.replace(/\d/g, (digit) => `&#${48 + Number(digit)};`),
  'escaped as in JavaScript': NUMBER.replace(/\d/g, (digit) => `\\u003${digit}`),
  'JSON in a string': JSON.stringify({ who: `Maria ${NUMBER}`, [NUMBER]: Number(NUMBER) }),
  'JSON in JSON in a string': JSON.stringify([JSON.stringify({ phone: NUMBER, 'Maria Rossi': true })]),
  'broken JSON': `{"who":"Maria Rossi ${NUMBER}`,
  'JSON in base64': base64(JSON.stringify({ name: 'Maria Rossi', status: NUMBER })),
  base64: base64(NUMBER),
  'padded to a uuid': NUMBER.padStart(32, '0'),
  wamid,
  'WAMID.': wamid.replace('wamid.', 'WAMID.'),
  'wamid without its beginning': wamid.replace('wamid.', ''),
  'wamid with a name behind the number': `wamid.${base64(`\x1c\x18\x0c${NUMBER}Maria Rossi`)}`,
  'wamid that cannot be read': `wamid.${base64(`x${NUMBER}`)}`,
  'old WhatsApp id': old,
  'a time with the number in its fraction': `2026-01-01T00:00:00.${NUMBER}Z`,
  name: 'Maria Rossi',
  'one name': 'maria',
  'an e-mail address': 'maria.rossi@posta.example',
  'a BSUID': `IT.${NUMBER}1234`,
  'a username': '@mariarossi',
  'a card': CARD,
  'a spaced card': '4111 1111 1111 1111',
  'a PIN': PIN,
  coordinates: '41.902782,12.496366',
  'a secret': SECRET,
  'a secret of letters': WORD_SECRET,
  'a secret with a sign in it': `maria:${SECRET}=`,
  'a link with a query': `${DASHBOARD}/${'b'.repeat(32)}?email=maria.rossi%40posta.example&n=${NUMBER}`,
  'a link to a name': `${DASHBOARD}/Maria%20Rossi`,
  'a link elsewhere': `https://bilder.example/${NUMBER}/maria.jpg`,
  'a data URL': `data:text/plain;base64,${base64(`Maria Rossi ${NUMBER}`)}`,
};

/** Each spelling of a mark as a JSON token. */
export const SPELLINGS: readonly (readonly [name: string, token: string])[] = [
  ...Object.entries(TEXTS).map(([name, text]) => [name, JSON.stringify(text)] as const),
  ['escaped in JSON', `"${NUMBER.replace(/\d/g, (digit) => `\\u003${digit}`)}"`],
  ['a JSON number', NUMBER],
  ['a negative JSON number', `-${NUMBER}`],
  ['a JSON number with an exponent', '3.93471234567e11'],
  ['a national JSON number', NATIONAL],
  ['a card as a JSON number', CARD],
  ['a PIN as a JSON number', PIN],
  ['a latitude', '41.902782'],
  ['a negative longitude', '-12.496366'],
];

const MARKS = [
  NATIONAL,
  CARD,
  PIN,
  '902782',
  '496366',
  'maria',
  'rossi',
  'posta.example',
  'bilder.example',
  SECRET.toLowerCase(),
  WORD_SECRET,
];

/** Finds the marks in a text, however they are written. */
export function marksIn(text: string): string[] {
  const found = new Set<string>();
  for (const view of decodings(text)) {
    const plain = plainDigits(view).toLowerCase();
    const joined = plain.replace(/(?<=\d)[\s().,/[\]–-]{1,3}(?=\d)/g, '');
    for (const mark of MARKS) if (plain.includes(mark) || joined.includes(mark)) found.add(mark);
  }
  return [...found];
}

const DECODERS: readonly ((text: string) => string)[] = [
  (text) =>
    text
      .replace(/\\+u([\da-f]{4})/gi, (_all, code) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\(["\\/])/g, '$1'),
  (text) => text.replace(/%([\da-f]{2})/gi, (_all, code) => String.fromCharCode(Number.parseInt(code, 16))),
  (text) => text.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code))),
  // UTF-8 that was percent-encoded.
  (text) => text.replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8')),
  (text) => base64In(text, 'latin1'),
  (text) => base64In(text, 'utf8'),
  // Shows decimals of four bits.
  (text) => base64In(text, 'hex'),
];
const MOST_TIMES = 3;

/** What a text says: as it is, and decoded in every way, several times. */
function decodings(text: string): Set<string> {
  const all = new Set([text]);
  let latest = [text];
  for (let time = 0; time < MOST_TIMES; time += 1) {
    latest = latest
      .flatMap((each) => DECODERS.map((decode) => decode(each)))
      .filter((each) => !all.has(each));
    for (const each of latest) all.add(each);
  }
  return all;
}

/** Reads every word, also those between slashes, which are no end of a word in base64. */
function base64In(text: string, encoding: BufferEncoding): string {
  const words = new Set([...text.matchAll(/[\w+/-]{8,}/g), ...text.matchAll(/[\w-]{8,}/g)].map(String));
  return [...words].map((word) => Buffer.from(word, 'base64').toString(encoding)).join(' ');
}

function plainDigits(text: string): string {
  let said = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  for (const zero of [0x660, 0x6f0, 0x966, 0xe50]) {
    for (let digit = 0; digit < 10; digit += 1) {
      said = said.replaceAll(String.fromCodePoint(zero + digit), String(digit));
    }
  }
  return said;
}
