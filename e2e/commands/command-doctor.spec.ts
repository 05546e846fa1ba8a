import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';
import { DAMAGED_FILES } from '../support/damaged-files.ts';
import { OccupiedPort } from '../support/occupied-port.ts';
import { expect, test } from '../support/service-test.ts';

test('doctor reports no failure on a healthy machine', async ({ dataDir }) => {
	const { code, stdout, stderr } = await runCommand(['doctor', '--port', '0'], { dataDir });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).not.toContain('FAIL');
	for (const line of [
		`ok    data folder: ${dataDir} is writable`,
		'ok    admin secret: created on first use',
		'ok    service: no program runs on the data folder; `fingerprint-service serve` starts one',
		'ok    port: ',
		'ok    virtual driver: works',
		'ok    hid driver: off',
		'ok    zkfinger driver: off',
		'ok    readers: Virtual SLK20R VIRTUAL-0001, Virtual SLK20R VIRTUAL-0002',
	]) {
		expect(stdout).toContain(line);
	}
});

test('doctor reports whether the libraries of the drivers load, and if not what to install', async ({ dataDir }) => {
	const env = { FINGERPRINT_HID_ENABLED: 'true', FINGERPRINT_ZKFINGER_ENABLED: 'true' };
	const { stdout } = await runCommand(['doctor', '--port', '0'], { dataDir, env });
	expect(stdout).toMatch(/^(?:ok {4}hid driver: works; hidapi \d|FAIL {2}hid driver: .*install libusb)/m);
	expect(stdout).toMatch(/^(?:ok {4}|FAIL {2})zkfinger driver: .*koffi \d/m);
});

test('doctor distinguishes a running service from another program that uses its port', async ({ service, dataDir }) => {
	const ours = await runCommand(['doctor', '--port', String(service.port)], { dataDir });
	expect(ours.code).toBe(0);
	expect(ours.stdout).toContain(`ok    port: ${service.port} is in use by the fingerprint service of this data folder`);
	expect(ours.stdout).toContain(`ok    service: running on ${service.url}; fingerprint-service serve, version`);
	const other = await runCommand(['doctor', '--port', String(service.port)], { dataDir: join(dataDir, 'other') });
	expect(other.stdout).toContain(`ok    port: ${service.port} is in use by a running fingerprint service`);

	const foreign = await OccupiedPort.open();
	const { code, stdout, stderr } = await runCommand(['doctor', '--port', String(foreign.port)], { dataDir });
	await foreign.close();
	expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: 1 of the checks above failed: fix what they report\n' });
	expect(stdout).toMatch(new RegExp(`^FAIL  port: .*${foreign.port}`, 'm'));
});

test('doctor does not mistake another program with a status page for the service', async ({ dataDir }) => {
	const other = createServer((_request, response) => response.end('{"status":"UP"}'));
	await once(other.listen(0, '127.0.0.1'), 'listening');
	const { port } = other.address() as AddressInfo;
	const { code, stdout } = await runCommand(['doctor', '--port', String(port)], { dataDir });
	await once(other.close(), 'close');
	expect(code).toBe(1);
	expect(stdout).toMatch(new RegExp(`^FAIL  port: .*${port}`, 'm'));
});

test('doctor does not create a missing data folder', async ({ dataDir }) => {
	const missing = join(dataDir, 'not', 'yet');
	const { code, stdout } = await runCommand(['doctor', '--port', '0'], { dataDir: missing });
	expect(code).toBe(0);
	expect(stdout).toContain(`ok    data folder: ${missing} does not exist yet; the first start creates it\n`);
	expect(await readdir(dataDir)).toEqual([]);
});

for (const [file, content] of DAMAGED_FILES) {
	test(`doctor names ${file} when it contains ${content}`, async ({ dataDir }) => {
		await writeFile(join(dataDir, file), content);
		const { code, stdout, stderr } = await runCommand(['doctor', '--port', '0'], { dataDir });
		expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^error: .+\n$/) });
		expect(stdout).toMatch(new RegExp(`^FAIL  .*${join(dataDir, file)}`, 'm'));
	});
}
