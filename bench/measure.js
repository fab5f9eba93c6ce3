import { spawn } from 'node:child_process';

/** The median of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs a command to its end, its output thrown away; how long that took, in milliseconds. */
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
 */
export async function comparePairs(runA, runB, rounds) {
  await runA();
  await runB();
  const a = [];
  const b = [];
  for (let round = 0; round < rounds; round += 1) {
    a.push(await runA());
    b.push(await runB());
  }
  return { a: median(a), b: median(b), ratio: median(a.map((value, index) => value / b[index])) };
}

/** Prints a table: a header row, then rows of cells. */
export function printTable(title, rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  console.log(`\n${title}`);
  for (const row of rows)
    console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`);
}
