import { resolveDataDir } from '../config/data-folder.ts';
import { askHolder } from '../config/lock/ask-holder.ts';
import type { ProgramStatus } from '../config/lock/lock-messages.ts';
import { noProgramError, notRunningText } from './find-service.ts';

/** Exit codes of `status`. */
const RUNNING = 0;
const NOT_RUNNING = 3;
const NO_PROGRAM = 4;

/**
 * Prints which program runs on the data folder, and the state of its service.
 *
 * @returns the exit code
 * @throws ServiceError SERVICE_UNAVAILABLE if the program does not answer
 */
export async function status({ json, dataDir: flag }: { json?: boolean; dataDir?: string }): Promise<number> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const holder = await askHolder(dataDir, 'status');
	const text = json ? JSON.stringify({ program: null, ...holder, dataDir }) : toText(holder, dataDir);
	process.stdout.write(`${text}\n`);
	if (holder === undefined) return NO_PROGRAM;
	return holder.state === 'running' ? RUNNING : NOT_RUNNING;
}

function toText(holder: ProgramStatus | undefined, dataDir: string): string {
	if (holder === undefined) return noProgramError(dataDir).message;
	const { state, addresses } = holder;
	return [
		`service      ${state}`,
		`addresses    ${addresses.join(', ') || 'none'}`,
		`program      ${nameOf(holder)}`,
		`data folder  ${dataDir}`,
		...(state === 'running' ? [] : [notRunningText(holder, dataDir)]),
	].join('\n');
}

/** Returns the name, version and process of a program. */
export function nameOf({ program, version, pid }: ProgramStatus): string {
	return `${program === 'desktop' ? 'desktop app' : 'fingerprint-service serve'}, version ${version}, process ${pid}`;
}
