import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program } from '../support/program.ts';
import { expect, test } from '../support/service-test.ts';

const START = fileURLToPath(new URL('../../build/start.ts', import.meta.url));

/** Removes the display and the Electron path of the machine, so that only those set by a test apply. */
const NO_DESKTOP = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ELECTRON_OVERRIDE_DIST_PATH: undefined };

test.describe('npm start', () => {
	test.skip(process.platform !== 'linux', 'other systems always have a display');

	test('prints one line without a display and starts the headless service', async ({ dataDir }) => {
		const program = start(['--port', '0', '--hidden'], dataDir);
		const [, port] = await program.waitForOutput(/^listening on ws:\/\/localhost:(\d+)\n/m);
		const [first = '', second = ''] = program.stdout.split('\n');
		expect(first).toBe('The desktop app cannot run here (there is no display); starting the headless service instead');
		expect(second).toContain('listening on');
		await program.waitForOutput(new RegExp(`http://localhost:${port}/console/#\\S+`));
		expect(await (await fetch(`http://localhost:${port}/health`)).text()).toBe('{"status":"running"}');
		expect(await program.end()).toEqual({ code: 0, signal: null });
	});

	test('starts an installed Electron and passes on arguments, signals and the exit code', async ({ dataDir }) => {
		const dist = await writeElectronScript(
			dataDir,
			'trap "exit 7" TERM; echo "electron $*"; while kill -0 $PPID; do sleep 0.1; done',
		);
		const program = start(['--port', '0', '--no-sandbox'], dataDir, {
			DISPLAY: ':7',
			ELECTRON_OVERRIDE_DIST_PATH: dist,
		});
		const [line] = await program.waitForOutput(/^electron .+$/m);
		expect(line).toMatch(/^electron \S+\/dist\/main\.js --port 0 --no-sandbox$/);
		expect(await program.end()).toEqual({ code: 7, signal: null });
	});

	test('starts the headless service when Electron cannot be downloaded', async ({ dataDir }) => {
		const dist = join(dataDir, 'empty');
		await mkdir(dist);
		// Nothing listens on this port.
		const mirror = 'http://127.0.0.1:9/';
		const env = {
			DISPLAY: ':7',
			ELECTRON_OVERRIDE_DIST_PATH: dist,
			ELECTRON_MIRROR: mirror,
			electron_config_cache: dist,
		};
		const program = start(['--port', '0', '--no-sandbox'], dataDir, env);
		await program.waitForOutput(
			/^The desktop app cannot run here \(Electron's runtime is missing and could not be downloaded\)/m,
		);
		await program.waitForOutput(/^listening on/m);
		expect(await program.end()).toEqual({ code: 0, signal: null });
	});

	test('does not start Electron as root without --no-sandbox', async ({ dataDir }) => {
		test.skip(process.getuid?.() !== 0, 'these tests do not run as root');
		const dist = await writeElectronScript(dataDir, 'echo started');
		const program = start(['--port', '0'], dataDir, { DISPLAY: ':7', ELECTRON_OVERRIDE_DIST_PATH: dist });
		await program.waitForOutput(/^The desktop app cannot run here \(Chromium's sandbox does not work for root/m);
		await program.waitForOutput(/^listening on/m);
		expect(await program.end()).toEqual({ code: 0, signal: null });
	});
});

function start(args: readonly string[], dataDir: string, env: Readonly<Record<string, string>> = {}): Program {
	return Program.start(process.execPath, [START, ...args], {
		env: { ...NO_DESKTOP, FINGERPRINT_DATA_DIR: dataDir, ...env },
	});
}

/** Writes a shell script in place of the Electron executable. @returns its folder */
async function writeElectronScript(folder: string, script: string): Promise<string> {
	const dist = join(folder, 'electron');
	await mkdir(dist);
	await writeFile(join(dist, 'electron'), `#!/bin/sh\n${script}\n`);
	await chmod(join(dist, 'electron'), 0o755);
	return dist;
}
