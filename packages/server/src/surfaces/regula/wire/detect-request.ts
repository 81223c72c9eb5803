import { type Static, Type } from 'typebox';
import { NullableEncodedText } from '../../../http/encoded-text.ts';
import { nullable } from './nullable.ts';
import { OutputImageParams } from './output-image-params.ts';
import { AttributesRequest, QualityRequest } from './quality-request.ts';

/** What can be asked of a picture; scenarios consist of the same. */
export const Wishes = Type.Object({
  onlyCentralFace: nullable(Type.Boolean()),
  outputImageParams: nullable(OutputImageParams),
  quality: nullable(QualityRequest),
  attributes: nullable(AttributesRequest),
});

export type Wishes = Static<typeof Wishes>;

const ProcessParam = Type.Object({
  /** Any text: an unknown name is echoed and otherwise ignored. */
  scenario: nullable(Type.String({ maxLength: 256 })),
  ...Wishes.properties,
});

/** `DetectRequest` of the 6.4 OpenAPI, with the top-level switches of version 3. Unknown keys are ignored. */
export const DetectRequest = Type.Object({
  tag: Type.Optional(Type.Unknown()),
  processParam: nullable(ProcessParam),
  /** Base64. */
  image: NullableEncodedText,
  thumbnails: Type.Optional(Type.Unknown()),
  attributes: Type.Optional(Type.Unknown()),
  onlyCentralFace: nullable(Type.Boolean()),
});

export type DetectRequest = Static<typeof DetectRequest>;
