import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { exitWithNpmShell } from '../src/commands/exit-with-npm.ts';
import { STOP_SIGNALS } from '../src/config/stop-signals.ts';
import { findElectron, hasDisplay, INSTALL_SCRIPT } from './electron-runtime.ts';

/*
 * `npm start`: starts the desktop app or, when it cannot run here, the headless service in this process. Passes arguments on.
 */

/** Longest wait for the download of Electron's runtime (about 120 MB), in ms, before the headless service starts instead. */
const DOWNLOAD_TIMEOUT_MS = 180_000;

/** Flags that the headless service does not have. */
const DESKTOP_FLAGS = new Set(['--hidden', '--no-sandbox']);

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const COMMAND = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const args = process.argv.slice(2);
const obstacle = findObstacle();
const electron = obstacle === undefined ? (findElectron(process.env) ?? downloadElectron()) : undefined;
if (electron === undefined) {
	const reason = obstacle ?? "Electron's runtime is missing and could not be downloaded";
	process.stdout.write(`The desktop app cannot run here (${reason}); starting the headless service instead\n`);
	const flags = args.filter((arg) => !DESKTOP_FLAGS.has(arg));
	process.argv = [process.execPath, COMMAND, 'serve', '--quick-start', ...flags];
	await import(pathToFileURL(COMMAND).href);
} else {
	startDesktop(electron);
}

/** Returns why the desktop app cannot run on this machine, or `undefined` when it can. */
function findObstacle(): string | undefined {
	if (!hasDisplay(process.env)) return 'there is no display';
	if (process.platform === 'linux' && process.getuid?.() === 0 && !args.includes('--no-sandbox')) {
		return "Chromium's sandbox does not work for root; pass --no-sandbox to run without it";
	}
	return undefined;
}

function downloadElectron(): string | undefined {
	if (!existsSync(INSTALL_SCRIPT)) return undefined;
	process.stdout.write("Downloading Electron's runtime (about 120 MB, only once)...\n");
	spawnSync(process.execPath, [INSTALL_SCRIPT], { stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT_MS });
	return findElectron(process.env);
}

/** Starts the desktop app as a child process, forwards stop signals to it and exits with its exit code. */
function startDesktop(program: string): void {
	// First, because a signal that arrives while the app starts would end only this process.
	for (const signal of STOP_SIGNALS) process.on(signal, () => app.kill(signal));
	const app = spawn(program, [MAIN, ...args], { stdio: 'inherit' });
	exitWithNpmShell();
	app.on('error', ({ message }) => {
		process.stderr.write(`error: ${program} could not be started: ${message}\n`);
		process.exitCode = 1;
	});
	app.on('exit', (code) => {
		process.exitCode = code ?? 1;
	});
}
