import { IDENTITY } from '../../geometry/affine.ts';
import { type RgbImage, rgbImage } from '../../image/rgb-image.ts';
import type { InjectionNetworkSpec } from '../../packs/injection-network.ts';
import type { LocatedFace } from '../../pipeline/locate-face.ts';
import { type Network, openNetwork, type Plane } from '../../runtime/network.ts';
import { EngineError } from '../../vocabulary/errors.ts';
import type { InjectionEvidence } from '../../vocabulary/injection.ts';
import { chipThrough, cropOf } from './network-chip.ts';
import { logOddsIn } from './network-log-odds.ts';

/** One network of the pack for manipulated faces. */
export interface InjectionNetwork {
  /**
   * @returns its evidence; undefined when the face's points coincide.
   * @throws  EngineError `model-missing` when it does not give what its manifest says.
   */
  examine(image: RgbImage, face: Pick<LocatedFace, 'box' | 'points'>): Promise<InjectionEvidence | undefined>;
  release(): Promise<void>;
}

/**
 * Opens a network and tries it on drawn squares, so that one that is not what its manifest says is refused before
 * anybody waits for its answer.
 *
 * @throws EngineError `model-missing` when the file is absent, is no network, takes another size, or gives no finite
 *         number, or no probability, where the manifest says so.
 * @cost   two runs of the network.
 */
export async function openInjectionNetwork(
  file: string,
  spec: InjectionNetworkSpec,
): Promise<InjectionNetwork> {
  const network = await openNetwork(file);
  const logOddsOf = async (chip: Plane): Promise<number> => logOddsIn(await run(network, chip, spec), spec);
  try {
    for (const drawn of trialSquares(spec.input.side))
      await logOddsOf(chipThrough(drawn, IDENTITY, spec.input));
  } catch (error) {
    await network.release();
    throw error;
  }
  return {
    examine: async (image, face) => {
      const toImage = cropOf(face, spec.input);
      return toImage && evidenceOf(await logOddsOf(chipThrough(image, toImage, spec.input)), spec);
    },
    release: () => network.release(),
  };
}

/** What the network says, and what that counts for: nothing without a calibration, never more than its bound. */
function evidenceOf(
  networkLogOdds: number,
  { name, calibration }: Pick<InjectionNetworkSpec, 'name' | 'calibration'>,
): InjectionEvidence {
  const signal = `network:${name}` as const;
  if (!calibration) return { signal, logLikelihoodRatio: 0, networkLogOdds };
  const { slope, bias, logRatioMax } = calibration;
  const ratio = slope * networkLogOdds + bias;
  return {
    signal,
    logLikelihoodRatio: Math.min(logRatioMax, Math.max(-logRatioMax, ratio)),
    networkLogOdds,
  };
}

async function run(network: Network, chip: Plane, { name }: Pick<InjectionNetworkSpec, 'name'>) {
  try {
    return await network.run(chip);
  } catch (cause) {
    const size = chip.dims.join('×');
    throw new EngineError('model-missing', `Network ${name} does not take an input of ${size}.`, { cause });
  }
}

/** Black, and a ramp of colours. */
const trialSquares = (side: number): RgbImage[] =>
  [0, 97].map((step) =>
    rgbImage(
      side,
      side,
      Uint8Array.from({ length: 3 * side * side }, (_, i) => i * step),
    ),
  );
