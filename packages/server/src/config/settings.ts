import type { TSchema } from 'typebox';
import { ConfigSchema } from './schema.ts';

/** One setting, lifted out of the schema's tree. */
export interface Setting {
  /** Keys from the root of a configuration file. */
  readonly path: readonly string[];
  readonly env: string;
  readonly description: string;
  readonly default: unknown;
  readonly required: boolean;
  readonly isSecret: boolean;
  readonly schema: SettingSchema;
}

export type SettingSchema = TSchema & {
  readonly type?: string;
  readonly env?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly isSecret?: boolean;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly required?: readonly string[];
};

/** Every setting, in the order of the schema. */
export const settings = (): Setting[] => settingsIn(ConfigSchema as unknown as SettingSchema, []);

function settingsIn(schema: SettingSchema, path: readonly string[]): Setting[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const here = [...path, key];
    if (child.env === undefined) return settingsIn(child, here);
    return {
      path: here,
      env: child.env,
      description: child.description ?? '',
      default: child.default,
      required: schema.required?.includes(key) ?? false,
      isSecret: child.isSecret ?? false,
      schema: child,
    };
  });
}
