import { readFile } from 'node:fs/promises';
import { inTurn } from '../in-turn.ts';
import { countedShare } from '../metrics/counted-share.ts';
import { type Measured, rowsOf, type SuiteReport } from './suite.ts';

/** How bona fide photographs are judged, in terms of ISO/IEC 30107-3. */
export async function measureBonaFide(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const found = await inTurn(dataset.samples, engine.load().workers + 1, async ({ file }) => {
    const request = { faces: 'central', presentationAttack: true } as const;
    const { faces } = await engine.analyse(await readFile(file), request);
    return faces[0]?.presentationAttack;
  });
  const judged = found.filter((attack) => attack !== undefined);
  const share = (metric: string, counted: number, n: number) => ({
    metric,
    ...countedShare(counted, n),
  });
  const countOf = (outcome: string): number => judged.filter((attack) => attack.outcome === outcome).length;
  return {
    rows: rowsOf(measured, [
      share('no face found', found.length - judged.length, found.length),
      share('BPCER, bona fide called attack', countOf('attack'), judged.length),
      share('bona fide undetermined', countOf('undetermined'), judged.length),
      share('low assurance', judged.filter(({ assurance }) => assurance === 'low').length, judged.length),
    ]),
  };
}
