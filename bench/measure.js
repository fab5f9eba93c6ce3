import { spawn } from 'node:child_process';

/**
 * The median of some numbers.
 * @param {number[]} numbers
 * @returns {number}
 */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (/** @type {number} */ index) => sorted[index] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

/**
 * Runs a command to its end, its output thrown away; how long that took, in milliseconds.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function timeCommand(command, args) {
  const began = performance.now();
  const child = spawn(command, args, { stdio: 'ignore' });
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return performance.now() - began;
}

/**
 * Measures two things in turn, A B A B …, so that a machine that becomes slower slows both.
 * Returns their medians and the median of the ratios A/B, pair by pair.
 * @param {() => Promise<number>} runA
 * @param {() => Promise<number>} runB
 * @param {number} rounds
 */
export async function comparePairs(runA, runB, rounds) {
  await runA();
  await runB();
  /** @type {[number, number][]} */
  const pairs = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push([await runA(), await runB()]);
  }
  const ratio = median(pairs.map(([a, b]) => a / b));
  return { a: median(pairs.map(([a]) => a)), b: median(pairs.map(([, b]) => b)), ratio };
}

/**
 * Prints a table: a header row, then rows of cells.
 * @param {string} title
 * @param {string[][]} rows
 */
export function printTable(title, rows) {
  const width = (/** @type {number} */ column) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  console.log(`\n${title}`);
  for (const row of rows)
    console.log(`  ${row.map((cell, column) => cell.padEnd(width(column))).join('  ')}`);
}
