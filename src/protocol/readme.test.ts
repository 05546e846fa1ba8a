import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CLIENT_MESSAGES } from './client-messages.ts';
import { ERRORS, type ErrorEntry } from './errors.ts';
import { PERMISSIONS } from './permissions.ts';
import { QUALITY_HINTS } from './quality-hints.ts';
import { SERVER_MESSAGES } from './server-messages.ts';

const PAGE = readFileSync(new URL('./README.md', import.meta.url), 'utf8');

/** What both the page and the schemas state about a field. */
interface Field {
	readonly name: string;
	readonly isRequired: boolean;
	/** `min..max`, if both are stated. */
	readonly range: string | undefined;
	readonly default: string | undefined;
}

/** Returns the text below a `##` heading, up to the next one. */
function chapter(title: string): string {
	return PAGE.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';
}

/** Returns the rows of the first table in a text, without its head, as cells. */
function rows(text: string): string[][] {
	const lines = text.split('\n').filter((line) => line.startsWith('| '));
	return lines.slice(2).map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

/** Returns the documented fields by message type; every message has its own `###` heading. */
function documentedIn(title: string): Map<string, Field[]> {
	const sections = chapter(title).split(/^### /m).slice(1);
	return new Map(sections.map((section) => [/^`(.+)`$/m.exec(section)?.[1] ?? section, rows(section).map(toField)]));
}

function toField([name = '', type = '', required, meaning = '']: string[]): Field {
	return {
		name: name.replaceAll('`', ''),
		isRequired: required === 'yes',
		range: /-?\d+(\.\d+)?\.\.\d+(\.\d+)?/.exec(type)?.[0],
		default: /default `?"?([\w.:-]+)/.exec(meaning)?.[1],
	};
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Returns the fields of a schema; those of nested objects have dotted names. */
function fieldsOf(schema: JsonSchema, prefix = ''): Field[] {
	return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
		if (typeof property === 'boolean') throw new Error(`${key} has no schema`);
		const { minimum, maximum, default: fallback } = property;
		const isBounded = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
		const field: Field = {
			name: `${prefix}${key}`,
			isRequired: schema.required?.includes(key) ?? false,
			range: isBounded ? `${minimum}..${maximum}` : undefined,
			default: fallback === undefined || typeof fallback === 'object' ? undefined : String(fallback),
		};
		return [field, ...fieldsOf(property, `${prefix}${key}.`)];
	});
}

function fieldsByType(schemas: readonly [type: string, schema: z.ZodType][], isNested: boolean): Map<string, Field[]> {
	return new Map(
		schemas.map(([type, schema]) => {
			const fields = fieldsOf(z.toJSONSchema(schema, { io: 'input' }));
			return [type, fields.filter(({ name }) => isNested || !name.includes('.'))];
		}),
	);
}

const CLIENT_SCHEMAS = Object.entries(CLIENT_MESSAGES).map(([type, { schema }]): [string, z.ZodType] => [type, schema]);

describe('the API page', () => {
	for (const [title, schemas] of [
		['Client to service', fieldsByType(CLIENT_SCHEMAS, true)],
		['Service to client', fieldsByType(Object.entries(SERVER_MESSAGES), false)],
	] as const) {
		const documented = documentedIn(title);

		it(`lists every message from ${title.toLowerCase()}, and no other`, () => {
			expect([...documented.keys()].sort()).toEqual([...schemas.keys()].sort());
		});

		it.each([...schemas])(`lists the fields of %s with range and default (${title.toLowerCase()})`, (type, fields) => {
			expect(documented.get(type)).toEqual(fields);
		});
	}

	it('lists every row of the error table', () => {
		const entries: [string, ErrorEntry][] = Object.entries(ERRORS);
		const expected = entries.map(([name, { code, retryable, meaning, howToSolve, reserved }]) => [
			String(code),
			name,
			retryable ? 'yes' : 'no',
			reserved ? `Reserved, never sent. ${meaning}` : meaning,
			howToSolve,
		]);
		expect(rows(chapter('Error codes'))).toEqual(expected);
	});

	it('names every permission and every quality hint', () => {
		for (const word of [...PERMISSIONS, ...QUALITY_HINTS]) expect(PAGE).toContain(`\`${word}\``);
	});
});
