import { EngineError, type EngineErrorCode } from '@facegate/engine/vocabulary';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** A command that cannot go on, with the exit code it ends with. The message is for the person at the terminal. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: ExitCode;
  readonly code: string;

  constructor(exitCode: ExitCode, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
    this.code = code;
  }
}

const ENGINE_EXITS = {
  'image-empty': EXIT.unreadableInput,
  'unsupported-media': EXIT.unreadableInput,
  'payload-too-large': EXIT.unreadableInput,
  'image-unreadable': EXIT.unreadableInput,
  'video-unsupported': EXIT.unreadableInput,
  'invalid-request': EXIT.failure,
  'pack-mismatch': EXIT.modelPack,
  'model-missing': EXIT.modelPack,
  overloaded: EXIT.failure,
  timeout: EXIT.failure,
  internal: EXIT.failure,
} as const satisfies Record<EngineErrorCode, ExitCode>;

/** Words any thrown thing for the terminal. A defect keeps its stack in `cause`. */
export function toFailure(thrown: unknown): CommandFailure {
  if (thrown instanceof CommandFailure) return thrown;
  if (thrown instanceof EngineError) {
    return new CommandFailure(ENGINE_EXITS[thrown.code], thrown.code, thrown.message, { cause: thrown });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new CommandFailure(EXIT.failure, 'internal', message, { cause: thrown });
}

/** The same, naming the picture it happened to: with two pictures on the line "it is broken" helps nobody. */
export function ofPicture(path: string, thrown: unknown): CommandFailure {
  const { exitCode, code, message } = toFailure(thrown);
  return new CommandFailure(exitCode, code, `${path}: ${message}`, { cause: thrown });
}
