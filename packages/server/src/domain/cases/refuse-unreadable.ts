import { errors, imageErrorCodeOf } from '../errors.ts';
import type { Media } from './cases.ts';
import type { CaseParts } from './parts.ts';

/** Whoever submits waits no longer than this to hear that a file cannot be read. */
const INSPECTION_MS = 5000;

/**
 * Refuses what cannot be decoded before it is kept. Where the engine has no room, or fails, the medium passes: what is
 * wrong with it is found when it is examined.
 *
 * @throws FaceError `image-unreadable`.
 */
export async function refuseUnreadable(
  parts: Pick<CaseParts, 'processor' | 'scratch'>,
  medium: Media,
): Promise<void> {
  const signal = AbortSignal.timeout(INSPECTION_MS);
  try {
    await (medium.type === 'video'
      ? inspectClip(parts, medium, signal)
      : inspectPicture(parts, medium, signal));
  } catch (error) {
    if (imageErrorCodeOf(error) === undefined) return;
    throw errors.imageUnreadable('The file cannot be read.', error);
  }
}

type Inspecting = Pick<CaseParts, 'processor' | 'scratch'>;

const inspectPicture = ({ processor }: Inspecting, medium: Media, signal: AbortSignal): Promise<void> =>
  processor.inspect(medium.bytes ?? medium.file.path, signal);

const inspectClip = (
  { processor, scratch }: Inspecting,
  medium: Media,
  signal: AbortSignal,
): Promise<void> =>
  medium.bytes === undefined
    ? processor.inspectVideo(medium.file.path, signal)
    : scratch.withFile([medium.bytes], (path) => processor.inspectVideo(path, signal));
