import type { QualityRequest as Measurement } from '@facegate/engine/vocabulary';
import type { QualityRequest } from '../../wire/quality-request.ts';
import { colourOf } from '../colour.ts';
import {
  CHARACTERISTICS,
  type Characteristic,
  type CharacteristicName,
  isCharacteristicName,
  type Range,
} from './characteristics.data.ts';

/** One line of the answer. */
export interface QualityCheck {
  readonly name: CharacteristicName;
  readonly characteristic: Characteristic;
  readonly range: Range;
}

export interface QualityPlan {
  /** In the order of the request. At least one. */
  readonly checks: readonly QualityCheck[];
  readonly measurement: Measurement;
  /** Whether some check must know if glasses are worn. */
  readonly ofGlasses: boolean;
}

/**
 * @param of  the crop where one is asked: the vendor measures what it gives back.
 * @returns undefined when nothing is asked that there is.
 */
export function planQuality(
  request: QualityRequest | null | undefined,
  of: Measurement['of'],
): QualityPlan | undefined {
  const checks = (request?.config ?? []).flatMap(({ name, range }) => checksFor(name ?? '', range));
  if (checks.length === 0) return undefined;
  const measures = new Set(checks.flatMap(({ characteristic }) => characteristic.measures));
  const backgroundColour = colourOf(request?.backgroundMatchColor);
  return {
    checks,
    measurement: { measures: [...measures], of, ...(backgroundColour && { backgroundColour }) },
    ofGlasses: checks.some(({ characteristic }) => characteristic.ofGlasses === true),
  };
}

/** None for a name that the vendor does not have. */
function checksFor(name: string, range: readonly number[] | null | undefined): QualityCheck[] {
  if (!isCharacteristicName(name)) return [];
  const characteristic: Characteristic = CHARACTERISTICS[name];
  const [min, max] = range ?? characteristic.range;
  if (min === undefined || max === undefined) return [];
  return [{ name, characteristic, range: [min, max] }];
}
