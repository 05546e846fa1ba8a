import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from './config/settings-schema.ts';
import { AUDIT_EVENTS } from './log/audit/audit-event.ts';
import { examplePage } from './server/http/example-page.ts';

/** Folders that a build or a running service creates, and names that occur in several folders. */
const NOT_IN_PROJECT = /^(audit|dist|logs|node_modules|test-results|testing|window)\//;
/** Stand for a word in a path, such as the name of a driver. */
const PLACEHOLDER = /\b(NAME|CODE|VERSION)\b/;
/** With a slash, or the name of a source or a page. */
const PROJECT_PATH = /^(\.?[\w-]+(\/[\w.-]+)*\/([\w.-]+)?|[\w.-]+\.(ts|md))$/;

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

	it('lists every event of the audit trail', () => {
		for (const event of AUDIT_EVENTS) expect(README).toContain(`\`${event}\``);
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

describe('each page for developers', () => {
	it.each(['README.md', 'e2e/README.md', '.github/CONTRIBUTING.md'])('%s names only paths that exist', (page) => {
		const root = new URL('../', import.meta.url);
		const pageUrl = new URL(page, root);
		const text = readFileSync(pageUrl, 'utf8').replaceAll(/^```.*?^```/gms, '');
		const paths = [...text.matchAll(/`([^`\n]+)`/g)]
			.map(([, code = '']) => code)
			.filter((code) => PROJECT_PATH.test(code) && !NOT_IN_PROJECT.test(code) && !PLACEHOLDER.test(code));
		expect(paths.length).toBeGreaterThan(5);
		expect(paths.filter((path) => ![root, pageUrl].some((base) => existsSync(new URL(path, base))))).toEqual([]);
	});
});
