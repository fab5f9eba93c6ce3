/**
 * Where in a JSON string literal, quotes included, a character of its value is written.
 *
 * @param offset of the character in the value, in UTF-16 units
 */
export function offsetInLiteral(literal: string, offset: number): number {
  let at = 1;
  for (let passed = 0; passed < offset && at < literal.length - 1; passed += 1) {
    if (literal.charAt(at) !== '\\') at += 1;
    else at += literal.charAt(at + 1) === 'u' ? 6 : 2;
  }
  return at;
}
