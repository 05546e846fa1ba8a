import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findPython, NO_PYTHON } from '../support/find-python.ts';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { Program } from '../support/program.ts';
import { hasReference, NO_REFERENCE, referenceCode } from '../support/reference-code.ts';
import { expect, test } from '../support/service-test.ts';

const PYTHON = findPython();
const SCAN_CLIENT = fileURLToPath(new URL('./clients/scan_client.py', import.meta.url));

test.skip(PYTHON === undefined, NO_PYTHON);

function runPython(...args: string[]): Program {
	return Program.start(PYTHON ?? '', args);
}

test('the Python client scans a finger', async ({ service, testKey }) => {
	const client = runPython(SCAN_CLIENT, service.url, testKey);
	expect(await client.exit).toEqual({ code: 0, signal: null });
	const [quality, template] = client.stdout.split('\n');
	expect(quality).toMatch(/^quality \d+$/);
	expect(template).toMatch(ISO_TEMPLATE);
});

test('the Python client reports a key that the service refuses', async ({ service }) => {
	const client = runPython(SCAN_CLIENT, service.url, 'ak_test_wrong');
	expect(await client.exit).toEqual({ code: 1, signal: null });
	expect(client.stderr).toBe('error: Invalid API key\n');
});

test('the Python client of the API reference scans a finger', async ({ service, testKey }, testInfo) => {
	test.skip(!hasReference(), NO_REFERENCE);
	const script = testInfo.outputPath('client.py');
	await writeFile(script, referenceCode('Python Example', 'python', { url: service.url, key: testKey }));

	const client = runPython('-u', script);
	const [, template] = await client.waitForOutput(/^Scan complete! Quality: \d+\nTemplate: (\S+)\.\.\.$/m);
	expect(template).toMatch(/^Rk1SACAyMAA/);
	// It runs until it is interrupted.
	await client.end('SIGINT');
	expect(client.stdout).toMatch(/^Ready to use WebSocket$/m);
});
