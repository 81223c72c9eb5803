import type { Engine } from '@facegate/engine';
import {
  type AnalysedFace,
  type Calibration,
  compare,
  falseMatchRateAt,
  scoreAt,
} from '@facegate/engine/vocabulary';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { ofPicture } from '../failure.ts';
import { columns } from '../output/columns.ts';
import { formatRate } from '../output/numbers.ts';
import type { Outside } from '../outside.ts';
import { readPicture } from '../read-picture.ts';
import { withEngine } from '../with-engine.ts';

/** The operating point of a 1:1 decision: one false match in a thousand non-mated comparisons. */
const FALSE_MATCH_RATE_MAX = 1e-3;

export interface MatchOptions {
  readonly pack?: string;
  readonly json?: boolean;
}

/** What `facegate match --json` prints. */
interface MatchReport {
  readonly packId: string;
  readonly probe: PictureReport;
  readonly reference: PictureReport;
  readonly outcome: 'match' | 'non-match' | 'failure-to-acquire';
  /** Cosine, −1..1, higher is more alike. Absent when a face is missing. */
  readonly comparisonScore?: number;
  /** Share of non-mated comparisons expected to score at least as high. */
  readonly falseMatchRate?: number;
  readonly operatingPoint: {
    readonly falseMatchRate: number;
    readonly threshold: number;
    readonly dataset: string;
  };
}

interface PictureReport {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly box?: AnalysedFace['box'];
}

/** `facegate match`: the central face of one picture against the central face of another. */
export async function matchCommand(
  outside: Outside,
  paths: { probe: string; reference: string },
  options: MatchOptions,
): Promise<ExitCode> {
  const probe = await readPicture(outside, paths.probe);
  const reference = await readPicture(outside, paths.reference);
  const report = await withEngine(outside, { ...options, workers: 1 }, async (engine) => {
    const first = await acquire(engine, paths.probe, probe);
    const second = await acquire(engine, paths.reference, reference);
    return decide(engine, first, second);
  });
  outside.print(options.json ? JSON.stringify(report, undefined, 2) : describe(report));
  return report.outcome === 'match' ? EXIT.success : EXIT.negative;
}

interface Acquired {
  readonly picture: PictureReport;
  readonly face?: AnalysedFace;
}

async function acquire(engine: Engine, path: string, bytes: Uint8Array): Promise<Acquired> {
  const image = await engine.analyse(bytes, { faces: 'central', template: true }).catch((cause) => {
    throw ofPicture(path, cause);
  });
  const face = image.faces[0];
  const picture = { path, width: image.width, height: image.height };
  return face ? { picture: { ...picture, box: face.box }, face } : { picture };
}

function decide(engine: Engine, probe: Acquired, reference: Acquired): MatchReport {
  const shared = {
    packId: engine.pack.packId,
    probe: probe.picture,
    reference: reference.picture,
    operatingPoint: operatingPointOf(engine.calibration),
  };
  const [first, second] = [probe.face?.template, reference.face?.template];
  if (!first || !second) return { ...shared, outcome: 'failure-to-acquire' };
  const comparisonScore = compare(first, second);
  return {
    ...shared,
    outcome: comparisonScore >= shared.operatingPoint.threshold ? 'match' : 'non-match',
    comparisonScore,
    falseMatchRate: falseMatchRateAt(engine.calibration, comparisonScore),
  };
}

function operatingPointOf(calibration: Calibration): MatchReport['operatingPoint'] {
  return {
    falseMatchRate: FALSE_MATCH_RATE_MAX,
    threshold: scoreAt(calibration, FALSE_MATCH_RATE_MAX),
    dataset: calibration.dataset,
  };
}

function describe(report: MatchReport): string {
  const { operatingPoint: point } = report;
  const decision = {
    match: 'match',
    'non-match': 'non-match',
    'failure-to-acquire': `no decision: no face in ${facelessPictures(report)}`,
  }[report.outcome];
  const rows = [['Decision', decision]];
  if (report.comparisonScore !== undefined && report.falseMatchRate !== undefined) {
    rows.push(['Comparison score', report.comparisonScore.toFixed(4)]);
    rows.push(['Estimated false match rate', formatRate(report.falseMatchRate)]);
  }
  rows.push([
    'Threshold',
    `${point.threshold.toFixed(4)} (false match rate ${formatRate(point.falseMatchRate)})`,
  ]);
  rows.push(['Measured on', point.dataset], ['Model pack', report.packId]);
  return columns(rows);
}

function facelessPictures(report: MatchReport): string {
  return [report.probe, report.reference]
    .filter((picture) => !picture.box)
    .map((picture) => picture.path)
    .join(' and ');
}
