import type { MeasuredQuality } from '@facegate/engine/vocabulary';
import { BEARING_RULES } from './bearing-rules.ts';
import type { ComponentRule } from './component-rule.ts';
import { FRAMING_RULES } from './framing-rules.ts';
import { LIGHT_RULES } from './light-rules.ts';
import { toQuality } from './maps.ts';

const RULES = { ...LIGHT_RULES, ...FRAMING_RULES, ...BEARING_RULES } as const;

/** A component of ISO/IEC 29794-5 but the unified score. Left and right are the subject's. */
export type QualityComponent = keyof typeof RULES;

export interface AssessedComponent {
  readonly component: QualityComponent;
  /** In the component's own unit. Absent together with `quality`: failure to assess. */
  readonly native?: number;
  /** Quality component value: whole, 0..100, higher is better. */
  readonly quality?: number;
  /** One sentence on what to change; absent where nothing needs to. */
  readonly advice?: string;
}

/**
 * Every component, in the standard's order of capture first and subject last.
 *
 * @source maps of the standard's reference implementation, save those that say otherwise.
 */
export function assessComponents(measured: MeasuredQuality): readonly AssessedComponent[] {
  const rules = Object.entries(RULES) as [QualityComponent, ComponentRule][];
  return rules.map(([component, rule]) => assess(component, rule, measured));
}

function assess(
  component: QualityComponent,
  { native: read, quality, advice }: ComponentRule,
  measured: MeasuredQuality,
): AssessedComponent {
  const native = read(measured);
  if (native === undefined) return { component };
  const sentence = advice(native);
  return { component, native, quality: toQuality(quality(native)), ...(sentence && { advice: sentence }) };
}
