import type { FastifyInstance } from 'fastify';
import type { Media } from '../../../domain/cases/cases.ts';
import type { FaciaContext } from '../context.ts';
import { linksFor } from '../links.ts';
import { takeQuota } from '../quota.ts';
import { fieldRefusal } from '../refusal.ts';
import { submit } from '../submit.ts';
import { media } from '../translate/to-media.ts';
import { toResult } from '../translate/to-result.ts';
import { envelope } from '../wire/answers.ts';
import { fieldsOf, optional, readFields, required } from '../wire/fields.ts';
import { flag, only, text, yes } from '../wire/rules.ts';

/** `POST /liveness`: opens a transaction about one picture or clip, examined for manipulation. */
export function registerLiveness(app: FastifyInstance, context: FaciaContext): void {
  const { service, tools, gate } = context;
  app.post('/liveness', {
    onRequest: gate.admit({ scope: 'verify', takesBearer: true }),
    handler: async (request, reply) => {
      const principal = gate.principalOf(request);
      const { space } = principal;
      const asked = readLiveness(request.body, context);
      const waiting = asked.isAwaited ? tools.signalFor(reply) : undefined;
      await takeQuota(service.limits, principal, 'liveness');
      const shown = await submit(context, { space, submission: asked.submission, fields: ['file'] }, waiting);
      return waiting === undefined
        ? envelope('Transaction Created', { reference_id: shown.reference })
        : envelope('success', await toResult(shown, linksFor(context, { request, space, shown })));
    },
  });
}

/** @throws FaciaRefusal with every field that is wrong, FaceError `payload-too-large`. */
function readLiveness(body: unknown, { options: { imageBytesMax } }: FaciaContext) {
  const fields = readFields(fieldsOf(body), {
    type: required(only('liveness')),
    file: required(media({ imageBytesMax, takesVideo: true })),
    file_type: optional(text({ max: 255 })),
    offsite_liveness: required(yes),
    detect_deepfake: required(yes),
    client_reference: optional(text({ min: 5, max: 255 })),
    wait_for_result: optional(flag),
  });
  const { file, file_type: fileType, client_reference: clientReference, wait_for_result: isAwaited } = fields;
  refuseOtherFileType(file, fileType);
  return {
    isAwaited,
    submission: {
      kind: 'injection',
      media: { probe: file },
      ...(clientReference !== undefined && { clientReference }),
    },
  } as const;
}

/** Public clients name stills so; the vendor leaves it open. */
const STILL_TYPES: readonly string[] = ['image', 'photo'];

/** @throws FaciaRefusal when the file's content is of another type than its caller says. */
function refuseOtherFileType({ type }: Media, named: string | undefined): void {
  const problem = type === 'video' ? problemOfVideo(named) : problemOfStill(named);
  if (problem !== undefined) throw fieldRefusal({ file_type: [problem] });
}

function problemOfVideo(named: string | undefined): string | undefined {
  if (named === undefined) return 'The file_type field is required when file is mp4.';
  return named === 'video' ? undefined : 'The file_type field must be video when file is mp4.';
}

const problemOfStill = (named: string | undefined): string | undefined =>
  named === undefined || STILL_TYPES.includes(named) ? undefined : 'The selected file_type is invalid.';
