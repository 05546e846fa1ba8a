import fc from 'fast-check';
import * as z from 'zod';

type JsonSchema = Exclude<z.core.JSONSchema.JSONSchema, boolean>;

/** Values for the fields with these names, such as ids that exist, which random text would never hit. */
export type KnownValues = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/**
 * Generates inputs that a schema accepts, except for what JSON Schema cannot express. Optional fields are sometimes left out.
 *
 * @param known used instead of the schema for most values of a field
 */
export function arbitraryOf(schema: z.ZodType, known: KnownValues): fc.Arbitrary<unknown> {
	return valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), known);
}

function valuesOf(schema: JsonSchema, known: KnownValues): fc.Arbitrary<unknown> {
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices !== undefined) return fc.oneof(...choices.map((choice) => valuesOf(asObject(choice), known)));
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
	switch (schema.type) {
		case 'object':
			return objectsOf(schema, known);
		case 'array':
			return fc.array(valuesOf(asObject(schema.items), known), {
				minLength: schema.minItems ?? 0,
				maxLength: Math.min(schema.maxItems ?? 3, 3),
			});
		case 'string':
			return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 140) });
		case 'boolean':
			return fc.boolean();
		case 'integer':
			return fc.integer(rangeOf(schema, 2 ** 31));
		case 'number':
			return fc.oneof(
				fc.integer(rangeOf(schema, 2 ** 31)),
				fc.double({ ...rangeOf(schema, 1e300, false), noNaN: true }),
			);
		default:
			return fc.jsonValue();
	}
}

function objectsOf(schema: JsonSchema, known: KnownValues): fc.Arbitrary<unknown> {
	const required = schema.required ?? [];
	const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
		const values = valuesOf(asObject(field), known);
		const better = known[name];
		const mixed =
			better === undefined ? values : fc.oneof({ weight: 9, arbitrary: better }, { weight: 1, arbitrary: values });
		return [name, mixed] as const;
	});
	return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

function rangeOf({ minimum, maximum }: JsonSchema, limit: number, isWhole = true): { min: number; max: number } {
	const min = Math.max(minimum ?? -limit, -limit);
	const max = Math.min(maximum ?? limit, limit);
	// A range without a whole number has its lower end as the only value, which is nearly valid.
	return isWhole ? { min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) } : { min, max };
}

function asObject(schema: unknown): JsonSchema {
	return typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? (schema as JsonSchema) : {};
}
