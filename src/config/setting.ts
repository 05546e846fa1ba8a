import * as z from 'zod';
import { settingVariable } from './environment-variables.ts';

/** Settings that the operator window shows together. */
export type SettingGroup = 'window' | 'desktop' | 'connections' | 'scans' | 'virtual-readers' | 'readers' | 'log';

/**
 * When a changed setting takes effect: at once, at the next start of the service, or at the next start of the program. The
 * last is for the listener that serves the operator window; the desktop app, whose window does not need it, applies
 * such a setting at the next start of the service.
 */
export type SettingEffect = 'immediately' | 'service-start' | 'program-start';

/** What a schema cannot express. */
interface SettingFacts {
	readonly effect: SettingEffect;
	/** English, for administrators. */
	readonly description: string;
	/** Few operators need it; the window shows it in a closed section. */
	readonly isAdvanced: boolean;
}

/** Holds the facts of each setting's schema. */
export const settingFacts = z.registry<SettingFacts>();

interface SettingOf<K extends string, T> extends SettingFacts {
	readonly section: string;
	readonly group: SettingGroup;
	readonly name: string;
	/** Section and name, such as `virtual.autoTouch`. */
	readonly field: string;
	/** The environment variable that sets it, such as `FINGERPRINT_VIRTUAL_AUTO_TOUCH`. */
	readonly variable: string;
	/** Type, range and unit in English. */
	readonly allowed: string;
	readonly kind: K;
	readonly fallback: T;
	/** Accepts only allowed values. */
	readonly schema: z.ZodType<T>;
}

/** One setting, for help texts, forms and error messages. Numbers are integers; both ends of a range are allowed. */
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

/** Returns the setting that a schema in `settingFacts` defines. */
export function describeSetting(
	place: { readonly section: string; readonly group: SettingGroup; readonly name: string },
	schema: SettingSchema,
): Setting {
	const field = `${place.section}.${place.name}`;
	const facts = settingFacts.get(schema);
	if (facts === undefined) throw new Error(`${field} has no facts`);
	const allowed = schema.safeParse(null).error?.issues[0]?.message ?? '';
	return { ...place, ...facts, field, variable: settingVariable(field), allowed, ...describeType(schema) };
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
