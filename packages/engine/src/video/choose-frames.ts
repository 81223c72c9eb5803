/**
 * Positions of the frames to look at: evenly spread, the first and the last among them, each once, ascending. A short
 * clip is looked at whole. The same clip always gives the same positions.
 *
 * @param present  frames there are, counted from 0 in the order in which they are shown.
 * @param samples  frames wanted, 2 or more.
 */
export function chooseFrames(present: number, samples: number): readonly number[] {
  if (present <= samples) return Array.from({ length: present }, (_, index) => index);
  return Array.from({ length: samples }, (_, index) => Math.round((index * (present - 1)) / (samples - 1)));
}
