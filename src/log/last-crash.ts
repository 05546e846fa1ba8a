import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVICE_VERSION } from '../protocol/version.ts';
import { type Clock, systemClock, timestamp } from '../time/clock.ts';
import { redactText } from './redact.ts';
import { writeToStderr } from './stderr.ts';

const FILE = 'last-crash.txt';
/** Most causes of an error that are written. */
const MAX_CAUSES = 5;

/**
 * Writes the stack of an error that nothing caught to `last-crash.txt` in the folder of the log, without secrets. What else
 * happens to the program is not changed.
 *
 * @returns a function that ends it
 */
export function recordCrashes(logsDir: string, clock: Clock = systemClock): () => void {
	const onCrash = (thrown: unknown) => writeCrash(logsDir, thrown, clock);
	process.on('uncaughtExceptionMonitor', onCrash);
	return () => process.off('uncaughtExceptionMonitor', onCrash);
}

/**
 * Makes the program exit with code 1 when an error was not caught, and prints the error without secrets; Node would print it as
 * it is.
 */
export function exitOnCrash(): void {
	process.on('uncaughtException', (thrown) => {
		writeToStderr(`The program crashed. ${stackOf(thrown)}`);
		process.exit(1);
	});
}

/** Returns what `recordCrashes` wrote last; undefined if no crash is recorded. */
export async function readLastCrash(logsDir: string): Promise<string | undefined> {
	return readFile(join(logsDir, FILE), 'utf8').catch(() => undefined);
}

function writeCrash(logsDir: string, thrown: unknown, clock: Clock): void {
	const path = join(logsDir, FILE);
	const { node, electron } = process.versions;
	const facts = `${timestamp(clock)}, version ${SERVICE_VERSION}, Node ${node}${electron ? `, Electron ${electron}` : ''}, ${process.platform} ${process.arch}`;
	try {
		mkdirSync(logsDir, { recursive: true, mode: 0o700 });
		// Synchronous, because the process ends after this.
		writeFileSync(`${path}.new`, `${facts}\n${stackOf(thrown)}\n`, { mode: 0o600, flush: true });
		renameSync(`${path}.new`, path);
	} catch (error) {
		writeToStderr(
			`The crash could not be written to ${path}: check its permissions and the free space. ${String(error)}`,
		);
	}
}

/** Returns the stacks of an error and of its causes, redacted. */
function stackOf(thrown: unknown): string {
	const stacks: string[] = [];
	for (
		let it = thrown;
		it !== undefined && stacks.length < MAX_CAUSES;
		it = it instanceof Error ? it.cause : undefined
	) {
		stacks.push(redactText(it instanceof Error ? (it.stack ?? String(it)) : String(it)));
	}
	return stacks.join('\nCaused by: ');
}
