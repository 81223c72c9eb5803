import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { OutputImageParams } from './output-image-params.ts';

const ProcessParam = Type.Object({
  /** Any text: an unknown name is echoed and otherwise ignored. */
  scenario: nullable(Type.String({ maxLength: 256 })),
  onlyCentralFace: nullable(Type.Boolean()),
  outputImageParams: nullable(OutputImageParams),
  quality: Type.Optional(Type.Unknown()),
  attributes: Type.Optional(Type.Unknown()),
});

/** `DetectRequest` of the 6.4 OpenAPI, with the top-level switches of version 3. Unknown keys are ignored. */
export const DetectRequest = Type.Object({
  tag: Type.Optional(Type.Unknown()),
  processParam: nullable(ProcessParam),
  /** Base64. */
  image: nullable(Type.String()),
  thumbnails: Type.Optional(Type.Unknown()),
  onlyCentralFace: nullable(Type.Boolean()),
});

export type DetectRequest = Static<typeof DetectRequest>;
