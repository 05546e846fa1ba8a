import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

/** The last cell of each row of the table of threats: the file of a test, and its name. */
const tests = readFileSync(join(project, '.github/SECURITY.md'), 'utf8')
	.split('\n')
	.flatMap((line) => [...line.matchAll(/\| `([^`]+)`: (.+) \|$/g)])
	.map(([, file = '', name = '']) => ({ file, name }));

describe('the table of threats', () => {
	it('names a test in each row', () => {
		const table = readFileSync(join(project, '.github/SECURITY.md'), 'utf8');
		const rows = table.split('\n').filter((line) => /^\| (?:hostile|other|stolen|network)/.test(line));
		expect(tests).toHaveLength(rows.length);
		expect(rows.length).toBeGreaterThan(20);
	});

	it.each(tests)('names a test that exists: $file, $name', ({ file, name }) => {
		expect(readFileSync(join(project, file), 'utf8')).toContain(`'${name}'`);
	});
});
