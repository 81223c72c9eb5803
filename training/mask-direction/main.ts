/**
 * `npm run train:mask-direction`: fits the direction in which masks move faceres' description, prints how well each half of
 * the pictures is told by the fit to the other, and writes the fit to all of them into the engine.
 *
 * @module
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPacks } from '@facegate/engine';
import { faceMask, WITH_MASK } from '../../accuracy/src/datasets/face-mask.ts';
import { lfwView1 } from '../../accuracy/src/datasets/lfw-view1.ts';
import { type DescribedFace, describeFaces } from './described-faces.ts';
import { type Example, fitLogistic, type LinearModel, logOddsOf } from './logistic-regression.ts';
import { writeDirection } from './write-direction.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DATA_FILE = join(ROOT, 'packages/engine/src/signals/mask-direction.data.ts');

const DECAY = 1e-4;

/** Press photographs are many and alike: one in seven, and other people in either half. */
const EVERY = 7;

/** Who weighs how much: masked and bare faces alike, and the bare faces of both sets alike. */
const SHARES = { masked: 0.5, bare: 0.25, press: 0.25 } as const;

type Kind = keyof typeof SHARES;

interface Labelled extends DescribedFace {
  readonly kind: Kind;
  readonly half: 0 | 1;
}

const faces = await labelledFaces();
for (const half of [0, 1] as const) printFigures(half);
await writeDirection(DATA_FILE, fitTo(faces));

async function labelledFaces(): Promise<Labelled[]> {
  const packsFolder = join(process.env['FACEGATE_DATA'] ?? join(ROOT, '.facegate'), 'packs');
  const masks = faceMask().samples;
  const press = lfwView1().samples.filter((_, index) => index % EVERY === 0);
  const people = [...new Set(press.map(({ subject }) => subject))];
  const labelled: Labelled[] = [];
  for (const pack of await listPacks(packsFolder)) {
    for (const face of await describeFaces(pack, masks)) {
      const kind = face.sample.subject === WITH_MASK ? 'masked' : 'bare';
      labelled.push({ ...face, kind, half: halfOf(masks.indexOf(face.sample)) });
    }
    for (const face of await describeFaces(pack, press)) {
      labelled.push({ ...face, kind: 'press', half: halfOf(people.indexOf(face.sample.subject)) });
    }
  }
  return labelled;
}

function halfOf(index: number): 0 | 1 {
  return index % 2 === 0 ? 0 : 1;
}

function fitTo(chosen: readonly Labelled[]): LinearModel {
  const examples = chosen.map(
    ({ kind, description }): Example => ({
      features: description,
      isPositive: kind === 'masked',
      weight: SHARES[kind] / chosen.filter((other) => other.kind === kind).length,
    }),
  );
  return fitLogistic(examples, DECAY);
}

/** Of one half, by the fit to the other. */
function printFigures(half: 0 | 1): void {
  const model = fitTo(faces.filter((face) => face.half !== half));
  const judged = faces.filter((face) => face.half === half);
  for (const packId of new Set(judged.map((face) => face.packId))) {
    const told = (['masked', 'bare', 'press'] as const).map((kind) => {
      const those = judged.filter((face) => face.packId === packId && face.kind === kind);
      const right = those.filter((face) => logOddsOf(model, face.description) > 0 === (kind === 'masked'));
      return `${kind} ${right.length} of ${those.length}`;
    });
    console.log(`half ${half + 1}, ${packId}, told rightly: ${told.join(', ')}`);
  }
}
