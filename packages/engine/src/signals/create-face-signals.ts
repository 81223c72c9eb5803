import { ageOfBins } from './age.ts';
import { type FaceDescription, readDescription } from './description.ts';
import { tellExpression } from './expression.ts';
import { tellEyes } from './eyes.ts';
import type { FaceSignals, PersonMatte } from './face-signals.ts';
import { tellGlasses } from './glasses.ts';
import { maskOfDescription } from './mask-of-description.ts';
import { once } from './once.ts';
import type { SignalSubject } from './signal-subject.ts';

export interface FaceSignalsOptions extends SignalSubject {
  /** Default: nobody can tell. */
  readonly person?: () => Promise<PersonMatte | undefined>;
}

/** Signals of one face; a network runs when its signal is first asked for, and once. */
export function createFaceSignals({ person = unknown, ...subject }: FaceSignalsOptions): FaceSignals {
  const description = once(() => readDescription(subject));
  const described = async <Value>(tell: (face: FaceDescription) => Value): Promise<Value | undefined> => {
    const face = await description();
    return face && tell(face);
  };
  return {
    eyes: once(() => tellEyes(subject)),
    glasses: once(() => tellGlasses(subject)),
    faceMask: once(() => described(({ embedding }) => maskOfDescription(embedding))),
    expression: once(() => tellExpression(subject)),
    age: once(() => described(({ ages }) => ageOfBins(ages))),
    person: once(person),
  };
}

const unknown = async (): Promise<undefined> => undefined;
