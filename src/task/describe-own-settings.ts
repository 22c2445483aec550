import * as z from 'zod/mini';
import { ownSettingNames, type OwnSchema } from './own-settings.ts';

/** A setting of a task, as its schema tells of it. */
export interface OwnSettingFacts {
  readonly name: string;
  /** `number`, `string`, `plan | apply`; null: not known. */
  readonly type: string | null;
  readonly fallback: unknown;
  readonly description: string | null;
}

/** What a task's own settings are. A schema that is none of zod's tells no more than the names. */
export function describeOwnSettings(schema: OwnSchema<unknown>): readonly OwnSettingFacts[] {
  const known = parsedProperties(schema);
  const names = ownSettingNames(schema) ?? Object.keys(known);
  return names.map((name) => {
    const { type, enum: values, default: fallback, description } = known[name] ?? {};
    return {
      name,
      type: values?.map(String).join(' | ') ?? (typeof type === 'string' ? type : null),
      fallback: fallback ?? null,
      description: description ?? null,
    };
  });
}

const property = z.object({
  type: z.optional(z.unknown()),
  enum: z.optional(z.array(z.unknown())),
  default: z.optional(z.unknown()),
  description: z.optional(z.string()),
});

const described = z.object({ properties: z.record(z.string(), property) });

function parsedProperties(schema: unknown): z.output<typeof described>['properties'] {
  try {
    const given = { unrepresentable: 'any', io: 'input' } as const;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no schema of zod's makes it throw
    return described.parse(z.toJSONSchema(schema as z.core.$ZodType, given)).properties;
  } catch {
    return {};
  }
}
