import { readFile } from 'node:fs/promises';
import { WITH_MASK, WITHOUT_MASK } from '../datasets/face-mask.ts';
import { inTurn } from '../in-turn.ts';
import { countedShare } from '../metrics/counted-share.ts';
import { type Figure, type Measured, rowsOf, type SuiteReport } from './suite.ts';

interface Told {
  readonly label: string;
  /** Absent where no face was found, or the pack cannot tell. */
  readonly value: 'yes' | 'no' | undefined;
}

/** How well masks over nose and mouth are told. */
export async function measureFaceMask(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const told = await inTurn(dataset.samples, engine.load().workers + 1, async ({ file, subject: label }) => {
    const request = { faces: 'central', attributes: ['face-mask'] } as const;
    const { faces } = await engine.analyse(await readFile(file), request);
    return { label, value: faces[0]?.attributes?.['face-mask']?.value };
  });
  const masked = told.filter(({ label }) => label === WITH_MASK);
  const bare = told.filter(({ label }) => label === WITHOUT_MASK);
  const found = share('mask told where there is one', masked, ({ value }) => value === 'yes');
  const spared = share('none told where there is none', bare, ({ value }) => value === 'no');
  return {
    rows: rowsOf(measured, [
      share('could not be told', told, ({ value }) => value === undefined),
      found,
      spared,
      {
        metric: 'balanced accuracy',
        value: (found.value + spared.value) / 2,
        n: told.length,
        low: (found.low + spared.low) / 2,
        high: (found.high + spared.high) / 2,
      },
    ]),
  };
}

function share(metric: string, items: readonly Told[], isCounted: (told: Told) => boolean): Figure {
  const counted = items.filter(isCounted).length;
  return { metric, ...countedShare(counted, items.length) };
}
