import {
  type ComponentWeights,
  unifiedScore,
} from '../../packages/server/src/domain/quality/unified-score.ts';
import type { Judged } from './judged.ts';

type Picture = Judged['pictures'][number];

/** What leaving out pictures of a low unified score does to the pairs that are missed. */
export interface Discarding {
  /** How much lower the share of missed pairs is without the worst `share` of pictures, relative. */
  dropAt(weights: ComponentWeights, share: number): number;
  /** Mean of `dropAt` over 3 to 25 %. */
  meanDrop(weights: ComponentWeights): number;
}

const SHARES = Array.from({ length: 23 }, (_, i) => 0.03 + 0.01 * i);

export function discardingOf({ pictures, pairs }: Judged, isIn: (picture: Picture) => boolean): Discarding {
  const places = [...pictures.keys()].filter((place) => isIn(pictures[place] as Picture));
  const chosen = new Set(places);
  const own = pairs.filter((pair) => pair.pictures.every((place) => chosen.has(place)));
  const before = own.filter(({ isMissed }) => isMissed).length / own.length;
  const judge = (weights: ComponentWeights) => {
    const scores = pictures.map(({ components }) => unifiedScore(components, weights));
    const ranked = places.map((place) => scores[place] ?? -1).sort((a, b) => a - b);
    const judged = own.map(({ pictures: of, isMissed }) => ({
      isMissed,
      score: Math.min(...of.map((place) => scores[place] ?? -1)),
    }));
    return (share: number): number => {
      const scoreMin = ranked[Math.floor(share * ranked.length)] ?? 0;
      const kept = judged.filter(({ score }) => score >= scoreMin);
      return 1 - kept.filter(({ isMissed }) => isMissed).length / kept.length / before;
    };
  };
  return {
    dropAt: (weights, share) => judge(weights)(share),
    meanDrop: (weights) => {
      const dropAt = judge(weights);
      return SHARES.reduce((sum, share) => sum + dropAt(share), 0) / SHARES.length;
    },
  };
}
