import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { endWithShellOfNpm } from '../src/commands/end-with-npm.ts';
import { findElectron, hasDisplay, INSTALL_SCRIPT } from './electron-runtime.ts';

/*
 * `npm start`: the desktop app where it can run, else the headless service, in this process. Arguments are passed on.
 */

/** Electron's runtime has some 120 MB; who waits longer than this for it wants to see something else start, ms. */
const FETCH_TIMEOUT_MS = 180_000;

/** What the headless service knows nothing of. */
const DESKTOP_FLAGS = new Set(['--hidden', '--no-sandbox']);

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const COMMAND = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const args = process.argv.slice(2);
const obstacle = whyNoDesktop();
const electron = obstacle === undefined ? (findElectron(process.env) ?? fetchElectron()) : undefined;
if (electron === undefined) {
	const reason = obstacle ?? "Electron's runtime is missing and could not be fetched";
	process.stdout.write(`No desktop app here (${reason}): starting the headless service instead\n`);
	const flags = args.filter((arg) => !DESKTOP_FLAGS.has(arg));
	process.argv = [process.execPath, COMMAND, 'serve', '--quick-start', ...flags];
	await import(pathToFileURL(COMMAND).href);
} else {
	startDesktop(electron);
}

function whyNoDesktop(): string | undefined {
	if (!hasDisplay(process.env)) return 'there is no display';
	if (process.platform === 'linux' && process.getuid?.() === 0 && !args.includes('--no-sandbox')) {
		return 'Chromium has no sandbox for root';
	}
	return undefined;
}

function fetchElectron(): string | undefined {
	if (!existsSync(INSTALL_SCRIPT)) return undefined;
	process.stdout.write("Fetching Electron's runtime, this once...\n");
	spawnSync(process.execPath, [INSTALL_SCRIPT], { stdio: 'ignore', timeout: FETCH_TIMEOUT_MS });
	return findElectron(process.env);
}

/** In a process of its own, whose end is the end of this one. */
function startDesktop(program: string): void {
	const app = spawn(program, [MAIN, ...args], { stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.kill(signal));
	endWithShellOfNpm();
	app.on('error', ({ message }) => {
		process.stderr.write(`error: ${program} cannot be started: ${message}\n`);
		process.exitCode = 1;
	});
	app.on('exit', (code) => {
		process.exitCode = code ?? 1;
	});
}
