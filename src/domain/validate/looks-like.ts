/** Something that people keep events in, or save by mistake, and that is not JSON. */
interface Likeness {
  /** What it looks like, and what to do, as the end of a sentence. */
  readonly detail: string;
  /** A log may begin so as well. */
  readonly mayBeLog: boolean;
  /** Tells by the first characters. */
  matches(beginning: string): boolean;
}

const LONGEST_BEGINNING = 4096;

/** In this order: the first that fits is said. */
const LIKENESSES: readonly Likeness[] = [
  like(
    /^<(?:!doctype html|html[\s>])/i,
    'it looks like an HTML page; save the data, not the page that shows it',
  ),
  like(/^<(?:\?xml\b|[a-z][\w.:-]*[\s/>])/i, 'it looks like XML; Callbell sends JSON only'),
  like(
    /^(?:[A-Z]{3,7} \S+ HTTP\/\d|HTTP\/\d(?:\.\d)? \d{3}\b)/,
    'it looks like a whole HTTP message; keep the body, what follows the first empty line',
  ),
  like(/^\$?\s*curl\s/, 'it looks like a curl command; keep the text behind --data'),
  {
    mayBeLog: false,
    matches: (text) => text.startsWith('PK\u0003\u0004'),
    detail: 'it looks like a ZIP archive; unpack it first',
  },
  like(/^\ufffdPNG\r?\n/, 'it looks like a picture; save the event as text'),
  like(/^%PDF-/, 'it looks like a PDF; save the event as text'),
  like(/^(?:BZh\d|\ufffd7zXZ|\(\ufffd\/\ufffd)/, 'it looks compressed, and not with gzip; unpack it first'),
  {
    mayBeLog: false,
    matches: (text) => BASE64_OF_JSON.test(text) && BASE64.test(text.trimEnd()),
    detail: 'it looks like base64; decode it first (base64 --decode)',
  },
  like(
    /^[\w.%+[\]-]+=[^&\s]*(?:&[\w.%+[\]-]+=[^&\s]*)*\s*$/,
    'it looks like the body of a form; Callbell sends JSON only',
    true,
  ),
  {
    matches: isLogLine,
    detail: 'there is text before the JSON, as in a log; keep the line from its { on',
    mayBeLog: true,
  },
  like(/^\{\s*(?::\w+|"(?:[^"\\\n]|\\.)*")\s*=>/, 'it looks like a Ruby hash; write it with to_json'),
  like(
    /^[[{]\s*(?:\{\s*)?'(?:[^'\\\n]|\\.)*'\s*:/,
    'it looks like a Python dictionary or a JavaScript object; write it with json.dumps or JSON.stringify',
  ),
  like(
    /^[[{]\s*(?:\{\s*)?[A-Za-z_$][\w$]*\s*:/,
    'it looks like a JavaScript object; write it with JSON.stringify',
  ),
  like(
    /^(?:const|let|var|export|import|module\.exports)\b/,
    'it looks like a program; save the event that it holds as JSON',
  ),
  like(
    /^(?:array ?\(\d+\) \{|object\(\w+\)#|(?:Array|stdClass Object)\s*\(|a:\d+:\{|array ?\(\s*'|(?:\[\s*)?'[^'\n]*'\s*=>)/,
    'it looks like a value that PHP printed; write it with json_encode',
  ),
  like(/^(?:map\[|&\{|\w+\.\w+\{)/, 'it looks like a value that Go printed; write it with json.Marshal'),
  like(
    /^(?:diff --git |@@ -\d|[+-][{[]|\+[ \t]+[{[])/,
    'it looks like a diff; take out the + and - with which its lines begin',
  ),
  like(/^\d{1,6}[:|.]?[ \t]+[{[][ \t]*\r?\n/, 'its lines have numbers; copy it without them'),
  {
    matches: isYaml,
    detail: 'it looks like YAML; convert it to JSON first',
    mayBeLog: true,
  },
  {
    matches: isTable,
    detail: 'it looks like a table (CSV); an event is a JSON object',
    mayBeLog: true,
  },
];

/**
 * What a text that is not JSON looks like and what to do about it, as the end of a sentence; undefined where it
 * looks like JSON that has a mistake in it, or like nothing that is known.
 */
export function looksLike(text: string): string | undefined {
  const beginning = text.slice(0, LONGEST_BEGINNING).trimStart();
  return LIKENESSES.find(({ matches }) => matches(beginning))?.detail;
}

/** Whether a text is something else than JSON that cannot be a log either. */
export function isOtherDocument(text: string): boolean {
  const beginning = text.slice(0, LONGEST_BEGINNING).trimStart();
  return LIKENESSES.find(({ matches }) => matches(beginning))?.mayBeLog === false;
}

function like(pattern: RegExp, detail: string, mayBeLog = false): Likeness {
  return { detail, mayBeLog, matches: (beginning) => pattern.test(beginning) };
}

const BASE64 = /^[A-Za-z0-9+/_\r\n-]{16,}={0,2}$/;
/** What `{`, `[`, white space behind them and gzip are in base64. */
const BASE64_OF_JSON = /^(?:ey|ew|W[3w1yiQ]|H4sI)/;

/** Whether the first line is JSON from its first brace on, with something before it. */
function isLogLine(beginning: string): boolean {
  const line = beginning.slice(0, lineEnd(beginning)).trimEnd();
  const brace = line.indexOf('{');
  if (brace <= 0 || /^["[]/.test(line)) return false;
  try {
    JSON.parse(line.slice(brace));
    return true;
  } catch {
    return false;
  }
}

const YAML_START = /^(?:---[ \t\r]*\n\s*)?(?:- +)?/;
const JSON_MEMBER = /^"[^"\n]*"[ \t]*:[ \t]*(?:["{[\d-]|(?:true|false|null)\b|$)/;
const YAML_KEY = /^(?:"[a-z_][\w.-]*"|'[a-z_][\w.-]*'|[a-z_][\w.-]*):(?:[ \t]|$)/;

/** Whether the first line is a key with its value, and not a member of an object whose beginning is missing. */
function isYaml(beginning: string): boolean {
  const text = beginning.slice(YAML_START.exec(beginning)?.[0].length);
  const line = text.slice(0, lineEnd(text)).trimEnd();
  return YAML_KEY.test(line) && !JSON_MEMBER.test(line);
}

const FIRST_CELLS = /^(?:"[^"]*"|[\w .-]+)([,;\t])(?:"[^"]*"|[\w .-]*)/;

/** Whether the first line has cells with the same separator between them. One cut off at the limit counts as ended. */
function isTable(beginning: string): boolean {
  const end = lineEnd(beginning);
  if (end === beginning.length && end < LONGEST_BEGINNING) return false;
  const line = beginning.slice(0, end).trimEnd();
  const [start, separator] = FIRST_CELLS.exec(line) ?? [];
  if (start === undefined || separator === undefined) return false;
  let at = start.length;
  while (at !== -1 && at < line.length) at = line[at] === separator ? cellEnd(line, at + 1, separator) : -1;
  return at !== -1;
}

/** Where a cell ends; -1 where the quote at its beginning is not closed. */
function cellEnd(line: string, start: number, separator: string): number {
  if (line[start] === '"') return line.indexOf('"', start + 1) + 1 || -1;
  const end = line.indexOf(separator, start);
  return end === -1 ? line.length : end;
}

function lineEnd(text: string): number {
  const end = text.indexOf('\n');
  return end === -1 ? text.length : end;
}
