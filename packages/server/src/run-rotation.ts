import type { RotationComposition } from './compose-rotation.ts';
import { ConfigError, type Environment, EXIT_CONFIG, loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { recordRotation } from './domain/rotation/record-rotation.ts';
import { isWhole, type Rotation, rotateMasterKey } from './domain/rotation/rotate-master-key.ts';
import { reasonOf } from './reason-of.ts';

/** All that the process has to do with the world. */
export interface RotationWorld {
  readonly env: Environment;
  /** To the person who started it. */
  say(text: string): void;
  complain(text: string): void;
  compose(config: Config, say: (line: string) => void): Promise<RotationComposition>;
  /** Aborted when the process is asked to stop. */
  readonly stopAsked: AbortSignal;
}

/**
 * Replaces the master key of the store that the settings name.
 *
 * @returns the exit status: 0 when the earlier key is no longer needed, 78 for wrong settings, 1 for all else.
 */
export async function runRotation(world: RotationWorld): Promise<number> {
  const say = (line: string) => world.say(`facegate: ${line}\n`);
  try {
    const config = loadConfig(world.env);
    const composition = await world.compose(config, say);
    try {
      return await rotate(composition, config, { ...world, say });
    } finally {
      await composition.close();
    }
  } catch (error) {
    world.complain(`${explain(error, world.stopAsked)}\n`);
    return error instanceof ConfigError ? EXIT_CONFIG : 1;
  }
}

async function rotate(
  composition: RotationComposition,
  config: Config,
  { say, complain, stopAsked }: RotationWorld,
): Promise<number> {
  const { keyFile } = composition;
  if (config.database.url !== undefined) say(otherServers(keyFile));
  const rotation = await rotateMasterKey(composition, { onProgress: progressTo(say), signal: stopAsked });
  await recordRotation(composition, rotation);
  if (!isWhole(rotation)) {
    complain(`facegate: ${keptFor(rotation)}\n`);
    return 1;
  }
  say(
    `the master key is replaced; ${counted(rotation.resealed)} data keys were sealed anew. ${nextStep(keyFile)}`,
  );
  return 0;
}

const otherServers = (keyFile: string | undefined): string =>
  keyFile === undefined
    ? 'Servers on this database must have been started with FACEGATE_MASTER_KEY_NEW beside FACEGATE_MASTER_KEY; ' +
      'others cannot open what is sealed from now on.'
    : `Servers on this database that read ${keyFile} itself follow it. Those with a copy of their own must be stopped ` +
      'now, and started with a copy of the new file.';

const nextStep = (keyFile: string | undefined): string =>
  keyFile === undefined
    ? 'Put the new one into FACEGATE_MASTER_KEY and remove FACEGATE_MASTER_KEY_NEW.'
    : `Back up ${keyFile}, apart from the data. Backups of the data made before still need the earlier one.`;

const keptFor = (rotation: Rotation): string =>
  `${counted(rotation.resealed)} data keys were sealed anew, but ${counted(countUnopened(rotation))} ` +
  `do not open: ${namesOf(rotation)}. The earlier master key is kept. What is sealed with these ` +
  'cannot be read: put back a master key that opens it or remove these people and cases, then run this again.';

const countUnopened = ({ unopened, unopenedServiceKeys, unopenedCases }: Rotation): number =>
  unopened.length + unopenedServiceKeys.length + unopenedCases.length;

const namesOf = ({ unopened, unopenedServiceKeys, unopenedCases }: Rotation): string =>
  [
    ...(unopened.length > 0 ? [`of person ${listed(unopened)}`] : []),
    ...(unopenedCases.length > 0 ? [`of case ${listed(unopenedCases)}`] : []),
    ...unopenedServiceKeys.map((name) => `of ${name}`),
  ].join('; ');

const listed = (ids: readonly string[]): string =>
  `${ids.slice(0, IDS_SHOWN).join(', ')}${ids.length > IDS_SHOWN ? ', …' : ''}`;

const IDS_SHOWN = 5;
/** Data keys between two lines about the progress. */
const STEP = 50_000;

function progressTo(say: (line: string) => void): (looked: number, resealed: number) => void {
  let said = 0;
  return (looked, resealed) => {
    if (looked - said < STEP) return;
    said = looked;
    say(`${counted(looked)} data keys looked at, ${counted(resealed)} sealed anew`);
  };
}

const counted = (count: number): string => count.toLocaleString('en');

function explain(error: unknown, stopAsked: AbortSignal): string {
  if (error instanceof ConfigError) {
    const problems = error.problems.map((line) => `  ${line}`).join('\n');
    return `facegate cannot replace the master key with these settings:\n${problems}`;
  }
  if (stopAsked.aborted && error === stopAsked.reason) {
    return 'facegate: stopped. Both master keys are kept; run this again to go on.';
  }
  return `facegate could not replace the master key: ${error instanceof Error ? reasonOf(error) : String(error)}`;
}
