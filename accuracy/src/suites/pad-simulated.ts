import type { PresentationAttack } from '@facegate/engine';
import { type Look, lookOfPicture, type Presentation } from '@facegate/testkit/recapture';
import { inTurn } from '../in-turn.ts';
import { areaBySubject } from '../metrics/area-under-curve.ts';
import { countedShare } from '../metrics/counted-share.ts';
import { simulatedSet } from '../pad/simulated-set.ts';
import { type Figure, type Measured, rowsOf, type SuiteReport } from './suite.ts';

interface Made {
  readonly subject: string;
  readonly presentation: Presentation;
  readonly jpeg: Uint8Array;
  readonly look: Look;
}

interface Judged extends Made {
  readonly attack: PresentationAttack;
}

const SPECIES = ['print', 'screen'] as const;
const STATISTICS = ['brightness', 'saturation', 'redToBlue', 'contrast', 'sharpness'] as const;

/** A suite that makes its pictures once, however many packs are measured on them. */
export function createSimulatedAttacksSuite(): (measured: Measured) => Promise<SuiteReport> {
  let made: Promise<Made[]> | undefined;
  return async (measured) => {
    made ??= makeAll();
    const pictures = await made;
    const judged = await judgeAll(measured, pictures);
    return {
      rows: rowsOf(measured, [
        rate('no face found', pictures.length - judged.length, pictures.length),
        ...areaFigures(judged),
        ...errorFigures(judged),
        ...trivialFigures(pictures),
      ]),
    };
  };
}

const makeAll = async (): Promise<Made[]> =>
  inTurn(await simulatedSet('Test'), 1, async ({ subject, presentation, make }) => {
    const jpeg = await make();
    return { subject, presentation, jpeg, look: await lookOfPicture(jpeg) };
  });

async function judgeAll({ engine }: Measured, made: readonly Made[]): Promise<Judged[]> {
  const request = { faces: 'central', presentationAttack: true } as const;
  const judged = await inTurn(made, engine.load().workers + 1, async (picture) => {
    const { faces } = await engine.analyse(picture.jpeg, request);
    const attack = faces[0]?.presentationAttack;
    return attack ? [{ ...picture, attack }] : [];
  });
  return judged.flat();
}

function areaFigures(judged: readonly Judged[]): Figure[] {
  const score = ({ attack }: Judged): number => attack.attackProbability;
  return [
    areaFigure('AUC, print and screen', judged, score),
    ...SPECIES.map((species) =>
      areaFigure(
        `AUC, ${species}`,
        judged.filter(({ presentation }) => presentation === species || presentation === 'bona-fide'),
        score,
      ),
    ),
  ];
}

/** Undetermined counts as neither error, and is printed beside them. */
function errorFigures(judged: readonly Judged[]): Figure[] {
  const bonaFide = judged.filter(({ presentation }) => presentation === 'bona-fide');
  const apcer = SPECIES.map((species) => {
    const attacks = judged.filter(({ presentation }) => presentation === species);
    return shareOf(`APCER ${species}, called bona fide`, attacks, 'bona-fide');
  });
  const worst = apcer.reduce((a, b) => (b.value > a.value ? b : a));
  const attacks = judged.filter(({ presentation }) => presentation !== 'bona-fide');
  return [
    ...apcer,
    { ...worst, metric: 'APCER, the worst species' },
    shareOf('BPCER, bona fide called attack', bonaFide, 'attack'),
    shareOf('attacks undetermined', attacks, 'undetermined'),
    shareOf('bona fide undetermined', bonaFide, 'undetermined'),
  ];
}

/** What one global statistic alone would score: near one half, or the set says nothing. */
const trivialFigures = (made: readonly Made[]): Figure[] =>
  STATISTICS.map((statistic) => areaFigure(`AUC of ${statistic} alone`, made, ({ look }) => look[statistic]));

function areaFigure<P extends Made>(
  metric: string,
  pictures: readonly P[],
  score: (picture: P) => number,
): Figure {
  const subjects = new Map<string, { positive: number[]; negative: number[] }>();
  for (const picture of pictures) {
    const own = subjects.get(picture.subject) ?? { positive: [], negative: [] };
    subjects.set(picture.subject, own);
    (picture.presentation === 'bona-fide' ? own.negative : own.positive).push(score(picture));
  }
  return { metric, n: pictures.length, ...areaBySubject([...subjects.values()]) };
}

function shareOf(metric: string, judged: readonly Judged[], outcome: PresentationAttack['outcome']): Figure {
  return rate(metric, judged.filter(({ attack }) => attack.outcome === outcome).length, judged.length);
}

const rate = (metric: string, counted: number, n: number): Figure => ({
  metric,
  ...countedShare(counted, n),
});
