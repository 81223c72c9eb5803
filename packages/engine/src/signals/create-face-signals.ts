import { tellAge } from './age.ts';
import { tellExpression } from './expression.ts';
import { tellEyes } from './eyes.ts';
import { tellFaceMask } from './face-mask.ts';
import type { FaceSignals, PersonMatte } from './face-signals.ts';
import { tellGlasses } from './glasses.ts';
import type { SignalSubject } from './signal-subject.ts';

export interface FaceSignalsOptions extends SignalSubject {
  /** Default: nobody can tell. */
  readonly person?: () => Promise<PersonMatte | undefined>;
}

/** Signals of one face; a network runs when its signal is first asked for, and once. */
export function createFaceSignals({ person = unknown, ...subject }: FaceSignalsOptions): FaceSignals {
  return {
    eyes: once(() => tellEyes(subject)),
    glasses: once(() => tellGlasses(subject)),
    faceMask: once(() => tellFaceMask(subject)),
    expression: once(() => tellExpression(subject)),
    age: once(() => tellAge(subject)),
    person: once(person),
  };
}

const unknown = async (): Promise<undefined> => undefined;

function once<Value>(compute: () => Promise<Value>): () => Promise<Value> {
  let result: Promise<Value> | undefined;
  return () => {
    result ??= compute();
    return result;
  };
}
