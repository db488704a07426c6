import { BadRequestException, Injectable, type PipeTransform, type ArgumentMetadata } from '@nestjs/common';
import { problemsOf, problemText } from '@mingjian/contracts';
import type { z } from 'zod';

/** A class made by `createZodDto`. */
interface ZodDto {
  schema: z.ZodType;
}

/** Checks a query or a body by the schema of its class; a bad one is answered 400 with every problem, nothing is guessed. */
@Injectable()
export class ProblemPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (!isZodDto(metadata.metatype)) return value;
    const parsed = metadata.metatype.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const problems = problemsOf(parsed.error, metadata.type, value);
    throw new BadRequestException({
      statusCode: 400,
      message: problems.map(problemText).join('\n'),
      problems,
    });
  }
}

function isZodDto(metatype: unknown): metatype is ZodDto {
  return typeof metatype === 'function' && 'schema' in metatype;
}
