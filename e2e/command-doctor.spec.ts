import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './support/command.ts';
import { DAMAGED_FILES } from './support/damaged-files.ts';
import { ForeignProgram } from './support/foreign-program.ts';
import { expect, test } from './support/service-test.ts';

test('doctor finds a healthy machine healthy', async ({ dataDir }) => {
	const { code, stdout, stderr } = await runCommand(['doctor', '--port', '0'], { dataDir });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).not.toContain('FAIL');
	for (const line of [
		`ok    data folder: ${dataDir} is writable`,
		'ok    admin secret: made on first use',
		'ok    port: ',
		'ok    HID library: loads',
		'ok    native call library: loads',
		'ok    readers: Virtual SLK20R VIRTUAL-0001, Virtual SLK20R VIRTUAL-0002',
	]) {
		expect(stdout).toContain(line);
	}
});

test('doctor tells a running service from a program that took its port', async ({ service, dataDir }) => {
	const ours = await runCommand(['doctor', '--port', String(service.port)], { dataDir });
	expect(ours.code).toBe(0);
	expect(ours.stdout).toContain(`ok    port: ${service.port} is in use by a running fingerprint service`);

	const foreign = await ForeignProgram.listen();
	const { code, stdout, stderr } = await runCommand(['doctor', '--port', String(foreign.port)], { dataDir });
	await foreign.close();
	expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: 1 of the checks above failed\n' });
	expect(stdout).toMatch(new RegExp(`^FAIL  port: .*${foreign.port}`, 'm'));
});

for (const [file, content] of DAMAGED_FILES) {
	test(`doctor names ${file} holding ${content}`, async ({ dataDir }) => {
		await writeFile(join(dataDir, file), content);
		const { code, stdout, stderr } = await runCommand(['doctor', '--port', '0'], { dataDir });
		expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^error: .+\n$/) });
		expect(stdout).toMatch(new RegExp(`^FAIL  .*${join(dataDir, file)}`, 'm'));
	});
}
