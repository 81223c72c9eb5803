import { errors } from '../errors.ts';
import type { CaseKind, FurtherProbe, ProofName } from './case.ts';
import type { Media, Submission } from './cases.ts';

type NamedMedia = readonly (readonly [ProofName, Media])[];

/**
 * The media that a case keeps, by what they are to it.
 *
 * @throws FaceError `invalid-request`, `too-many-images`, `unsupported-media` for a clip where pictures are wanted.
 */
export function namedMedia({ kind, media }: Submission): NamedMedia {
  const named = NAMED[kind](media);
  const isStill = named.every(([, { type }]) => type === 'image');
  if (!isStill && kind !== 'injection') throw errors.unsupportedMedia();
  return named;
}

const probeAlone = ({ probe }: Submission['media']): NamedMedia => [['probe', probe]];

const NAMED: Readonly<Record<CaseKind, (media: Submission['media']) => NamedMedia>> = {
  injection: ({ probe }) => [[probe.type === 'video' ? 'video' : 'probe', probe]],
  verification: ({ probe, reference }) => {
    if (reference === undefined) throw errors.invalidRequest('A verification needs two pictures.');
    return [
      ['probe', probe],
      ['reference', reference],
    ];
  },
  identification: probeAlone,
  'age-estimation': probeAlone,
  enrolment: ({ probe, further = [] }) => [['probe', probe], ...furtherMedia(further)],
};

const FURTHER_PROBES: readonly FurtherProbe[] = ['probe-2', 'probe-3', 'probe-4', 'probe-5'];

const furtherMedia = (media: readonly Media[]): NamedMedia =>
  media.map((medium, i) => {
    const name = FURTHER_PROBES[i];
    if (name === undefined) throw errors.tooManyImages(1 + FURTHER_PROBES.length);
    return [name, medium];
  });
