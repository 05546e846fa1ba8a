import { chmod, lstat, mkdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { addStartAtLogin } from '../../build/installer/msi-start-at-login.ts';
import { Program } from '../support/program.ts';
import { expect, test } from '../support/service-test.ts';

const APP = 'opt/Fingerprint Service';
/** The placeholders that electron-builder fills in. */
const MACROS: Readonly<Record<string, string>> = {
	executable: 'fingerprint-service',
	sanitizedProductName: 'Fingerprint Service',
};

const COMMAND = 'usr/bin/fingerprint-service';
const PROFILE = 'etc/apparmor.d/fingerprint-service';

test.describe('the scripts of deb and rpm', () => {
	test.skip(process.platform === 'win32', 'Windows has no sh');

	test('install the command, the sandbox and the permissions for readers', async ({ dataDir: root }) => {
		await prepareRoot(root);
		expect(await runScript(root, 'after-install')).toEqual({ code: 0, stderr: '' });
		expect(await readlink(join(root, COMMAND))).toBe(join(root, APP, 'fingerprint-service'));
		expect(await modeOf(join(root, APP, 'chrome-sandbox'))).toBe(0o755);
		expect(await readFile(join(root, PROFILE), 'utf8')).toBe('profile');
		expect(await callsOf(root, 'udevadm')).toEqual([
			'control --reload',
			'trigger --subsystem-match=hidraw --subsystem-match=usb',
		]);
	});

	test('give the same result when run again after an upgrade', async ({ dataDir: root }) => {
		await prepareRoot(root);
		await runScript(root, 'after-install');
		expect(await runScript(root, 'after-install')).toEqual({ code: 0, stderr: '' });
		expect(await readlink(join(root, COMMAND))).toBe(join(root, APP, 'fingerprint-service'));
	});

	test('make the sandbox setuid root when users may not create namespaces', async ({ dataDir: root }) => {
		await prepareRoot(root, { runuser: 1 });
		expect(await runScript(root, 'after-install')).toEqual({ code: 0, stderr: '' });
		expect(await modeOf(join(root, APP, 'chrome-sandbox'))).toBe(0o4755);
	});

	test('install no AppArmor profile when AppArmor cannot parse it', async ({ dataDir: root }) => {
		await prepareRoot(root, { apparmor_parser: 1 });
		expect(await runScript(root, 'after-install')).toEqual({ code: 0, stderr: '' });
		await expect(stat(join(root, PROFILE))).rejects.toThrow('ENOENT');
	});

	test('succeed when udev is not running, as in a container', async ({ dataDir: root }) => {
		await prepareRoot(root, { udevadm: 1 });
		expect(await runScript(root, 'after-install')).toEqual({ code: 0, stderr: '' });
		expect(await runScript(root, 'after-remove', 'remove')).toEqual({ code: 0, stderr: '' });
	});

	for (const reason of ['remove', 'purge', '0']) {
		test(`remove what they have installed on "${reason}"`, async ({ dataDir: root }) => {
			await prepareRoot(root);
			await runScript(root, 'after-install');
			expect(await runScript(root, 'after-remove', reason)).toEqual({ code: 0, stderr: '' });
			await expect(lstat(join(root, COMMAND))).rejects.toThrow('ENOENT');
			await expect(stat(join(root, PROFILE))).rejects.toThrow('ENOENT');
			expect(await callsOf(root, 'udevadm')).toHaveLength(4);
		});
	}

	for (const reason of ['upgrade', '1']) {
		test(`remove nothing on "${reason}", which means an upgrade`, async ({ dataDir: root }) => {
			await prepareRoot(root);
			await runScript(root, 'after-install');
			expect(await runScript(root, 'after-remove', reason)).toEqual({ code: 0, stderr: '' });
			expect(await readlink(join(root, COMMAND))).toContain('fingerprint-service');
			expect(await readFile(join(root, PROFILE), 'utf8')).toBe('profile');
		});
	}

	test('do not remove a command of another package', async ({ dataDir: root }) => {
		await prepareRoot(root);
		await writeFile(join(root, COMMAND), 'of another package');
		await runScript(root, 'after-remove', 'remove');
		expect(await readFile(join(root, COMMAND), 'utf8')).toBe('of another package');
	});
});

test('the MSI starts the app at login', async () => {
	const template = createRequire(import.meta.resolve('electron-builder')).resolve(
		'app-builder-lib/templates/msi/template.xml',
	);
	const project = addStartAtLogin(await readFile(template, 'utf8'));
	expect(project).toMatch(
		/<ComponentGroup Id="ProductComponents" Directory="APPLICATIONFOLDER">\s*<Component Id="StartAtLogin"/,
	);
	expect(() => addStartAtLogin('<Wix/>')).toThrow('lists no components');
});

/** Creates a root folder with the installed app, and with commands that record their calls and exit with the given codes. */
async function prepareRoot(root: string, exitCodes: Readonly<Record<string, number>> = {}): Promise<void> {
	for (const folder of [`${APP}/resources`, 'usr/bin', 'etc/apparmor.d', 'commands']) {
		await mkdir(join(root, folder), { recursive: true });
	}
	await writeFile(join(root, APP, 'chrome-sandbox'), '');
	await writeFile(join(root, APP, 'resources/apparmor-profile'), 'profile');
	for (const name of ['udevadm', 'runuser', 'apparmor_status', 'apparmor_parser', 'ischroot']) {
		const file = join(root, 'commands', name);
		await writeFile(file, `#!/bin/sh\necho "$*" >>"$0.calls"\nexit ${exitCodes[name] ?? 0}\n`);
		await chmod(file, 0o755);
	}
}

/** Runs a script as its package contains it, with `root` in place of the system's root folder. */
async function runScript(root: string, name: string, ...args: string[]) {
	const template = await readFile(new URL(`../../build/linux/${name}.sh`, import.meta.url), 'utf8');
	const script = template
		.replaceAll(/\$\{(\w+)\}/g, (_, macro: string) => MACROS[macro] ?? '')
		.replaceAll(/'\/(opt|usr|etc)\//g, `'${root}/$1/`);
	const program = Program.start('sh', ['-c', script, name, ...args], {
		env: { PATH: `${root}/commands:${process.env.PATH}` },
	});
	const { code } = await program.exit;
	return { code, stderr: program.stderr };
}

async function modeOf(file: string): Promise<number> {
	return (await stat(file)).mode & 0o7777;
}

async function callsOf(root: string, command: string): Promise<string[]> {
	return (await readFile(join(root, 'commands', `${command}.calls`), 'utf8')).trimEnd().split('\n');
}
