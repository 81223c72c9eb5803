import { readFile } from 'node:fs/promises';
import { inTurn } from '../in-turn.ts';
import { type Measured, rowsOf, type SuiteReport } from './suite.ts';

/** Each picture with what was found: too few for rates. */
export async function measurePadSamples(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const figures = await inTurn(dataset.samples, 1, async ({ id, file, subject: label }) => {
    const request = { faces: 'central', presentationAttack: true } as const;
    const { faces } = await engine.analyse(await readFile(file), request);
    const attack = faces[0]?.presentationAttack;
    const value = attack?.attackProbability ?? Number.NaN;
    const outcome = attack ? `${attack.outcome}, ${attack.assurance} assurance` : 'no face found';
    return {
      metric: `${id}, ${label}: ${outcome}; probability of an attack`,
      value,
      n: 1,
      low: value,
      high: value,
    };
  });
  return { rows: rowsOf(measured, figures) };
}
