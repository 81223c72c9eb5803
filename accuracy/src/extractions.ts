import type { Engine } from '@facegate/engine';
import type { Dataset } from './datasets/dataset.ts';
import { type Extraction, extractTemplates } from './extract-templates.ts';

/** One pack's templates of each data set, made once however many suites want them. */
export class Extractions {
  readonly #engine: Engine;
  readonly #onProgress: (dataset: Dataset, done: number) => void;
  readonly #made = new Map<string, Promise<Extraction>>();

  constructor(engine: Engine, onProgress: (dataset: Dataset, done: number) => void) {
    this.#engine = engine;
    this.#onProgress = onProgress;
  }

  of(dataset: Dataset): Promise<Extraction> {
    const made =
      this.#made.get(dataset.name) ??
      extractTemplates(this.#engine, dataset.samples, (done) => this.#onProgress(dataset, done));
    this.#made.set(dataset.name, made);
    return made;
  }
}
