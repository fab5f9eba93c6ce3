import { describe, expect, it } from 'vitest';
import { visible } from '../../src/ui/visible.ts';

describe('visible', () => {
  it.each(['👩‍👩‍👧‍👦', '🏳️‍🌈', '🧑🏽‍⚕️', '👁️‍🗨️', 'علی‌رضا', 'می‌خواهم', '❤️'])('shows %s as it is', (name) => {
    expect(visible(name)).toBe(name);
  });

  it.each([
    ['a\u200db', 'a\\u200db'],
    ['a\u200cb', 'a\\u200cb'],
    ['\u200d👩', '\\u200d👩'],
    ['👩\u200d', '👩\\u200d'],
    ['👩\u200d\u200d👩', '👩\\u200d\\u200d👩'],
    ['👩\u200da', '👩\\u200da'],
    ['\u0639\u200cx', '\u0639\\u200cx'],
    ['\u0639\u200b\u0644', '\u0639\\u200b\u0644'],
    ['\u0639\u202e\u0644', '\u0639\\u202e\u0644'],
    ['\u0639\u2067\u0644', '\u0639\\u2067\u0644'],
    ['\u001b[2J', '\\u001b[2J'],
  ])('escapes what is invisible in %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
