import { Resvg } from '@resvg/resvg-js';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { DetPoint } from '../metrics/error-rates.ts';

export interface DetSeries {
  readonly label: string;
  readonly points: readonly DetPoint[];
}

/** Draws detection error trade-off curves, both axes logarithmic, as a PNG of 1,200 px width. */
export async function drawDetChart(series: readonly DetSeries[]): Promise<Uint8Array> {
  const values = series.flatMap(({ label, points }) =>
    points
      .filter((point) => point.falseNonMatchRate > 0)
      .map((point) => ({ label, fmr: point.falseMatchRate, fnmr: point.falseNonMatchRate })),
  );
  const axis = { grid: true, format: '~%' };
  const spec: TopLevelSpec = {
    width: 640,
    height: 440,
    background: 'white',
    title: 'Detection error trade-off, every pair of pictures',
    data: { values },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x: { field: 'fmr', type: 'quantitative', scale: { type: 'log' }, title: 'False match rate', axis },
      y: { field: 'fnmr', type: 'quantitative', scale: { type: 'log' }, title: 'False non-match rate', axis },
      color: { field: 'label', type: 'nominal', title: 'Set and pack', legend: { labelLimit: 400 } },
    },
  };
  const svg = await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
  return new Resvg(svg, { fitTo: { mode: 'width', value: 1200 } }).render().asPng();
}
