import { templatesOf } from '../extract-templates.ts';
import { drawGallery } from '../identification/draw-gallery.ts';
import { CANDIDATES_WANTED, searchGalleries } from '../identification/search-gallery.ts';
import { shareBySubject } from '../metrics/share-by-subject.ts';
import { type Measured, rowsOf, type SuiteReport } from './suite.ts';

/** Each draws anew which picture of each subject is enrolled. */
const SEEDS = [1, 2, 3, 4, 5];

/** Searches for people who are all enrolled, every subject of the data set with one picture: who comes first? */
export async function measureClosedSet(measured: Measured): Promise<SuiteReport> {
  const { samples } = measured.dataset;
  const templates = templatesOf(await measured.extraction());
  const draws = SEEDS.map((seed) => drawGallery(samples, { seed, enrolledShare: 1 }));
  const searches = await searchGalleries(draws, templates);
  const figures = [1, CANDIDATES_WANTED].map((rank) => ({
    metric: `rank-${rank} identification rate, ${draws[0]?.references.length} enrolled`,
    ...shareBySubject(searches, ({ mateRank }) => mateRank <= rank),
  }));
  return { rows: rowsOf(measured, figures) };
}
