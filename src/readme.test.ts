import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from './config/settings-schema.ts';
import { examplePage } from './server/http/example-page.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const PACKAGE = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

describe('the README', () => {
	it('shows the page that the service serves', () => {
		expect(README).toContain(`\`\`\`html\n${examplePage('localhost:8080')}\`\`\``);
	});

	it('lists every setting with its default, meaning, allowed values and effect', () => {
		const expected = SETTINGS.map(
			({ field, fallback, description, allowed, effect }) =>
				`| \`${field}\` | \`${JSON.stringify(fallback)}\` | ${description} | ${allowed} | ${effect.replace('-', ' ')} |`,
		);
		expect(
			README.split('\n').filter((line) => SETTINGS.some(({ field }) => line.startsWith(`| \`${field}\``))),
		).toEqual(expected);
	});

	it('lists every folder of src', () => {
		const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((entry) =>
			entry.isDirectory(),
		);
		for (const { name } of folders) expect(README).toContain(`\`src/${name}\``);
	});

	it('names only scripts that exist', () => {
		const named = [...README.matchAll(/npm (?:run )?(\w[\w:-]*)/g)].map((match) => match[1] ?? '');
		expect(named.filter((script) => script !== 'ci' && !(script in PACKAGE.scripts))).toEqual([]);
	});
});
