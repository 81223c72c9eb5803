import type { Engine, InstalledPack } from '@facegate/engine';
import type { Row } from '@facegate/measurement';
import type { Dataset } from '../datasets/dataset.ts';
import type { Extraction } from '../extract-templates.ts';
import type { DetSeries } from '../report/det-chart.ts';

/** What is measured: one pack, with its engine, on one data set. */
export interface Measured {
  /** Name of the suite. */
  readonly suite: string;
  readonly pack: InstalledPack;
  readonly engine: Engine;
  readonly dataset: Dataset;
  /** Templates of all of its pictures: made when first asked for, shared by the suites of one run. */
  readonly extraction: () => Promise<Extraction>;
}

export interface SuiteReport {
  readonly rows: readonly Row[];
  readonly det?: DetSeries;
  /** Score thresholds by false match rate, for a pack's calibration table. */
  readonly anchors?: readonly { readonly falseMatchRate: number; readonly score: number }[];
}

export type Figure = Omit<Row, 'suite' | 'pack'>;

export const rowsOf = ({ suite, engine }: Measured, figures: readonly Figure[]): Row[] =>
  figures.map((figure) => ({ suite, pack: engine.pack.packId, ...figure }));
