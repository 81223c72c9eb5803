import { Check, Errors } from 'typebox/value';
import { EngineError } from '../vocabulary/errors.ts';
import { faultsOf } from './injection-network.ts';
import { type PackManifest, PackManifestSchema } from './manifest.ts';

/** Shares are decimal fractions typed by people. */
const SHARE_TOLERANCE = 1e-6;

/**
 * Reads a `manifest.json`.
 *
 * @throws EngineError `model-missing` naming every field that is wrong.
 */
export function parseManifest(json: string): PackManifest {
  const manifest = parseJson(json);
  if (!Check(PackManifestSchema, manifest)) {
    const faults = [...Errors(PackManifestSchema, manifest)];
    throw invalid(faults.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`));
  }
  const faults = contradictions(manifest);
  if (faults.length > 0) throw invalid(faults);
  return manifest;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new EngineError('model-missing', 'The manifest is not JSON.', { cause });
  }
}

/** What a schema cannot say: names must meet, shares must add up, rates must fall as scores rise. */
function contradictions(manifest: PackManifest): string[] {
  const names = manifest.files.map((file) => file.name);
  const { injection = [] } = manifest;
  const users = [...manifest.detection, manifest.landmarks, ...manifest.recognition, ...injection];
  const unlisted = users.map((user) => user.file).filter((file) => !names.includes(file));
  const share = manifest.recognition.reduce((sum, recogniser) => sum + recogniser.share, 0);
  const { anchors } = manifest.calibration;
  const isMonotone = anchors.every((anchor, i) => {
    const before = anchors[i - 1];
    return !before || (anchor.score > before.score && anchor.falseMatchRate < before.falseMatchRate);
  });
  return [
    ...new Set(unlisted.map((file) => `/files lacks ${file}`)),
    ...uncredited(manifest),
    ...faultsOf(injection),
    ...(new Set(names).size < names.length ? ['/files names a file twice'] : []),
    ...(Math.abs(share - 1) > SHARE_TOLERANCE ? [`/recognition shares add up to ${share}, not 1`] : []),
    ...(isMonotone ? [] : ['/calibration/anchors must have rising scores and falling rates']),
  ];
}

/** A network that judges people must say whose it is and under which licence. */
const uncredited = ({ files, injection = [] }: PackManifest): string[] =>
  injection.flatMap(({ file }) => {
    const found = files.find(({ name }) => name === file);
    const isCredited = found?.sources.some(({ licence }) => licence.trim() !== '') ?? true;
    return isCredited ? [] : [`/files has no source with a licence for ${file}`];
  });

const invalid = (faults: readonly string[]): EngineError =>
  new EngineError('model-missing', `The manifest is not valid: ${faults.join('; ')}.`);
