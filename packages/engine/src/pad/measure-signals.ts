import type { PadSignal } from '../vocabulary/presentation-attack.ts';
import { networkLogOdds, type PadSubject } from './network-evidence.ts';
import { padView } from './pad-view.ts';
import { colourGamut } from './signals/colour-gamut.ts';
import { focus } from './signals/focus.ts';
import { frameEdge } from './signals/frame-edge.ts';
import { moire } from './signals/moire.ts';
import { specular } from './signals/specular.ts';
import { texture } from './signals/texture.ts';

/** What was measured of each signal, as its own file says; absent where it cannot be. */
export type PadMeasurements = Readonly<Partial<Record<PadSignal, readonly number[]>>>;

/** @cost the three networks and what `docs/liveness.md` says of the signals. */
export async function measureSignals(subject: PadSubject): Promise<PadMeasurements> {
  const { image, box } = subject;
  const view = padView(image, box);
  const measured: Record<PadSignal, readonly number[] | undefined> = {
    network: await networkLogOdds(subject),
    moire: moire(view),
    texture: texture(view),
    'colour-gamut': colourGamut(view),
    specular: specular(view),
    'frame-edge': frameEdge(view),
    focus: focus(view),
  };
  return Object.fromEntries(Object.entries(measured).filter(([, values]) => values?.every(Number.isFinite)));
}
