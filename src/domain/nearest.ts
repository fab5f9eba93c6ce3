import leven from 'leven';

/**
 * The candidate nearest to what was written, or undefined where none is near enough to be meant: at most a
 * third of the word (but always one letter, or two swapped ones) may differ. Case does not count.
 *
 * @param most never more letters than these may differ
 */
export function nearest<Candidate extends string>(
  written: string,
  candidates: readonly Candidate[],
  most = Number.POSITIVE_INFINITY,
): Candidate | undefined {
  const word = written.toLowerCase();
  // A word much longer than any candidate cannot be near one; this also bounds the quadratic distance.
  const allowed = Math.min(most, Math.max(1, Math.floor(word.length / 3)));
  let best: Candidate | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    const apart = distance(word, candidate.toLowerCase());
    if (apart < bestDistance) {
      best = candidate;
      bestDistance = apart;
    }
  }
  return best;
}

/** The Levenshtein distance, where two neighbouring letters in the wrong order are one mistake, not two. */
function distance(word: string, candidate: string): number {
  let start = 0;
  while (start < word.length && word[start] === candidate[start]) start += 1;
  const swapped = word.slice(0, start) + word.charAt(start + 1) + word.charAt(start) + word.slice(start + 2);
  return swapped === candidate ? 1 : leven(word, candidate);
}
