import * as z from 'zod';

interface SettingOf<K extends string, T> {
	readonly section: string;
	readonly name: string;
	/** Section and name as a path, such as `virtual.autoTouch`. */
	readonly field: string;
	/** The environment variable that sets it, such as `FINGERPRINT_VIRTUAL_AUTO_TOUCH`. */
	readonly variable: string;
	readonly description: string;
	/** Type, range and unit in words. */
	readonly allowed: string;
	readonly kind: K;
	readonly fallback: T;
	/** Takes nothing but what is allowed. */
	readonly schema: z.ZodType<T>;
}

/** One setting, for help texts, for forms, and for naming it when it is wrong. Numbers are whole; both ends of a range are allowed. */
export type Setting =
	| (SettingOf<'number', number> & { readonly min: number; readonly max: number })
	| SettingOf<'text', string>
	| SettingOf<'flag', boolean>
	| (SettingOf<'choice', string> & { readonly choices: readonly string[] })
	| SettingOf<'list', readonly string[]>;

/** The types that a setting can have. */
export type SettingSchema = z.ZodDefault<
	z.ZodNumber | z.ZodString | z.ZodBoolean | z.ZodEnum<Record<string, string>> | z.ZodArray<z.ZodString>
>;

/** Everything there is to say about a setting, read off its schema. */
export function describeSetting(section: string, name: string, schema: SettingSchema): Setting {
	const field = `${section}.${name}`;
	const facts = {
		section,
		name,
		field,
		variable: `FINGERPRINT_${field.replace(/[A-Z]/g, '_$&').replace('.', '_').toUpperCase()}`,
		description: schema.description ?? '',
		allowed: schema.safeParse(null).error?.issues[0]?.message ?? '',
	};
	return { ...facts, ...describeType(schema) };
}

function describeType(withDefault: SettingSchema) {
	const schema = withDefault.unwrap();
	const fallback = withDefault.parse(undefined);
	if (schema instanceof z.ZodNumber) {
		const [min, max] = [schema.minValue ?? Number.MIN_SAFE_INTEGER, schema.maxValue ?? Number.MAX_SAFE_INTEGER];
		return { kind: 'number', schema, fallback: schema.parse(fallback), min, max } as const;
	}
	if (schema instanceof z.ZodString) return { kind: 'text', schema, fallback: schema.parse(fallback) } as const;
	if (schema instanceof z.ZodBoolean) return { kind: 'flag', schema, fallback: schema.parse(fallback) } as const;
	if (schema instanceof z.ZodArray) return { kind: 'list', schema, fallback: schema.parse(fallback) } as const;
	return { kind: 'choice', schema, fallback: schema.parse(fallback), choices: schema.options } as const;
}
