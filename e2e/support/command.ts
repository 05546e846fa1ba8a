import { fileURLToPath } from 'node:url';
import { Program, type ProgramOptions } from './program.ts';
import { withTimeout } from './timeout.ts';

/** The built command. */
export const COMMAND = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CommandOptions extends ProgramOptions {
	/** The data folder, instead of that of the user who runs the tests. */
	readonly dataDir: string;
	/** The path of the Node that runs it; default the Node of the tests. */
	readonly node?: string;
}

export interface CommandResult {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Makes a test independent of real readers and their libraries on the machine. */
const NO_REAL_READERS = { FINGERPRINT_HID_ENABLED: 'false', FINGERPRINT_ZKFINGER_ENABLED: 'false' };

/** Returns changes to the environment that isolate a program from the settings and readers of the user who runs the tests. */
export function isolatedEnv(): Record<string, string | undefined> {
	const inherited = Object.keys(process.env).filter((name) => name.startsWith('FINGERPRINT_'));
	return { ...Object.fromEntries(inherited.map((name) => [name, undefined])), ...NO_REAL_READERS };
}

/** Starts `fingerprint-service`, isolated from the user who runs the tests. */
export function startCommand(
	args: readonly string[],
	{ dataDir, node = process.execPath, env, ...options }: CommandOptions,
): Program {
	return Program.start(node, [COMMAND, ...args], {
		...options,
		env: { ...isolatedEnv(), FINGERPRINT_DATA_DIR: dataDir, ...env },
	});
}

/** Runs `fingerprint-service` until it exits. @throws Error if it does not exit in time */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
	const program = startCommand(args, options);
	const { code } = await withTimeout(program.exit, () => `the exit of ${args.join(' ')}: ${program.stderr}`).catch(
		async (thrown) => {
			await program.end('SIGKILL');
			throw thrown;
		},
	);
	return { code, stdout: program.stdout, stderr: program.stderr };
}

/** Creates an API key. @param flags additional flags of `keys create`, such as `--test` */
export async function createApiKey(dataDir: string, ...flags: string[]): Promise<string> {
	const { stdout } = await runCommand(['keys', 'create', '--name', 'e2e', ...flags], { dataDir });
	return stdout.trim();
}
