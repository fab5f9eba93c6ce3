import { describe, expect, it } from 'vitest';
import { explainableTopics } from '../../src/domain/explanation.ts';
import { runCli } from '../support/cli.ts';

const TOPICS = explainableTopics();
const ALL = Object.values(TOPICS).flat();

describe('explain', () => {
  it.each([60, 200])(
    'keeps its lists and pages within %i columns, but for a word that is longer',
    async (columns) => {
      for (const argv of [['explain'], ['explain', ...ALL]]) {
        const { code, stdout } = await runCli(argv, { columns });
        expect(code).toBe(0);
        for (const line of stdout.split('\n')) {
          const words = line.trim().split(/ +/);
          const isOneWord = words.length <= 2;
          expect([line, line.length <= columns || isOneWord]).toEqual([line, true]);
        }
      }
    },
  );

  it('lists every topic once', async () => {
    const { stdout } = await runCli(['explain'], { columns: 60 });
    const words = stdout.split(/\s+/);
    expect(ALL.filter((topic) => words.filter((word) => word === topic).length !== 1)).toEqual([]);
  });

  it.each(TOPICS.problem)('%s has two examples that differ, each of them something', async (problem) => {
    const { jsonLines } = await runCli(['explain', problem, '--json']);
    const { bad, good } = (jsonLines[0] as { shown: { bad: string; good: string } }).shown;
    expect(bad).not.toBe(good);
    expect([bad, good].filter((each) => each === '' || each.includes('nothing'))).toEqual([]);
    expect(Math.max(bad.length, good.length)).toBeLessThan(300);
  });

  it.each(['99999', '13147', '0000'])('the unknown code %s is not taken for another one', async (code) => {
    const { code: exit, stderr } = await runCli(['explain', code]);
    expect(exit).toBe(2);
    expect(stderr).toContain('explain unknown-failure-code');
    expect(stderr).not.toContain('did you mean');
  });

  it.each(['unknown-statsu', 'raed'])('%s is answered with the nearest topic', async (topic) => {
    expect((await runCli(['explain', topic])).stderr).toContain('did you mean');
  });

  it('says of what a code is where it means two things', async () => {
    const { stdout } = await runCli(['explain', '500']);
    expect(stdout).toMatch(/Internal Server Error[\s\S]*Generic error/);
  });
});
