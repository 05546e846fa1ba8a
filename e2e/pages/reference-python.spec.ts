import { writeFile } from 'node:fs/promises';
import { findPython, NO_PYTHON } from '../support/find-python.ts';
import { Program } from '../support/program.ts';
import { hasReference, NO_REFERENCE, referenceCode } from '../support/reference-code.ts';
import { expect, test } from '../support/service-test.ts';

test.skip(!hasReference(), NO_REFERENCE);

test('the Python client scans a finger as printed', async ({ service, testKey }, testInfo) => {
	const python = findPython();
	test.skip(python === undefined, NO_PYTHON);
	const script = testInfo.outputPath('client.py');
	await writeFile(script, referenceCode('Python Example', 'python', { url: service.url, key: testKey }));

	const client = Program.start(python ?? '', ['-u', script]);
	const [, template] = await client.waitForOutput(/^Scan complete! Quality: \d+\nTemplate: (\S+)\.\.\.$/m);
	expect(template).toMatch(/^Rk1SACAyMAA/);
	// It runs until it is interrupted.
	await client.end('SIGINT');
	expect(client.stdout).toMatch(/^Ready to use WebSocket$/m);
});
