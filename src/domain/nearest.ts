import leven from 'leven';

/**
 * The candidate nearest to what was written, or undefined where none is near enough to be meant: at most a
 * third of the word (but always one letter) may differ. Case does not count.
 */
export function nearest<Candidate extends string>(
  written: string,
  candidates: readonly Candidate[],
): Candidate | undefined {
  const word = written.toLowerCase();
  // A word much longer than any candidate cannot be near one; this also bounds the quadratic distance.
  const allowed = Math.max(1, Math.floor(word.length / 3));
  let best: Candidate | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    const apart = leven(word, candidate.toLowerCase());
    if (apart < bestDistance) {
      best = candidate;
      bestDistance = apart;
    }
  }
  return best;
}
