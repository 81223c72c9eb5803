import { readFile } from 'node:fs/promises';
import { SET_NAMES } from '../datasets/as-they-came.ts';
import { inTurn } from '../in-turn.ts';
import { countedShare } from '../metrics/counted-share.ts';
import { type Measured, rowsOf, type SuiteReport } from './suite.ts';

/** Probabilities of a manipulation from which on a picture is declined; the last is the bar of the engine's own word. */
const DECLINED_FROM = [0.2, 0.5, 0.8, 0.9, 0.95, 0.965] as const;

/** Of each set, as it came, the share that each threshold declines: false alarms of photographs, hits of StyleGAN3. */
export async function measureThresholds(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const found = await inTurn(dataset.samples, engine.load().workers + 1, async ({ file, subject: set }) => {
    const { faces } = await engine.analyse(await readFile(file), { faces: 'central', injection: true });
    return { set, probability: faces[0]?.injection?.manipulationProbability };
  });
  const figures = SET_NAMES.flatMap((name) => {
    const ofSet = found.filter(({ set }) => set === name);
    const probabilities = ofSet.flatMap(({ probability }) => probability ?? []);
    return [
      {
        metric: `${name}: no face found`,
        ...countedShare(ofSet.length - probabilities.length, ofSet.length),
      },
      ...DECLINED_FROM.map((threshold) => {
        const declined = probabilities.filter((probability) => probability >= threshold).length;
        return {
          metric: `${name}: declined from ${threshold} on`,
          ...countedShare(declined, probabilities.length),
        };
      }),
    ];
  });
  return { rows: rowsOf(measured, figures) };
}
