import { fileURLToPath } from 'node:url';
import { withinPatience } from './deadline.ts';
import { Program, type ProgramOptions } from './program.ts';

/** The built command, as a user has it. */
export const COMMAND = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CommandOptions extends ProgramOptions {
	/** What stands in for the folder of the user who runs the tests. */
	readonly dataDir: string;
	/** The Node that runs it; default the one of the tests. */
	readonly node?: string;
}

export interface CommandResult {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Real readers of the machine, and whether it has the libraries for them, are no concern of a test that does not say so. */
const NO_REAL_READERS = { FINGERPRINT_HID_ENABLED: 'false', FINGERPRINT_ZKFINGER_ENABLED: 'false' };

/** Changes to the environment of the tests by which no setting or reader of the user who runs them reaches a program. */
export function shieldingEnv(): Record<string, string | undefined> {
	const foreign = Object.keys(process.env).filter((name) => name.startsWith('FINGERPRINT_'));
	return { ...Object.fromEntries(foreign.map((name) => [name, undefined])), ...NO_REAL_READERS };
}

/** Start `fingerprint-service` with these arguments, shielded from the user who runs the tests. */
export function startCommand(
	args: readonly string[],
	{ dataDir, node = process.execPath, env, ...options }: CommandOptions,
): Program {
	return Program.start(node, [COMMAND, ...args], {
		...options,
		env: { ...shieldingEnv(), FINGERPRINT_DATA_DIR: dataDir, ...env },
	});
}

/** Run `fingerprint-service` to its end. @throws Error if it does not come to one */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
	const program = startCommand(args, options);
	const { code } = await withinPatience(program.exit, () => `the end of ${args.join(' ')}: ${program.stderr}`).catch(
		async (thrown) => {
			await program.end('SIGKILL');
			throw thrown;
		},
	);
	return { code, stdout: program.stdout, stderr: program.stderr };
}

/** A new key for the tests. @param flags more of `keys create`, such as `--test` */
export async function createKey(dataDir: string, ...flags: string[]): Promise<string> {
	const { stdout } = await runCommand(['keys', 'create', '--name', 'e2e', ...flags], { dataDir });
	return stdout.trim();
}
