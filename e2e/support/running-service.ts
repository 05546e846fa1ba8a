import { type CommandOptions, startCommand } from './command.ts';
import type { Exit, Program } from './program.ts';

export interface ServiceOptions extends CommandOptions {
	/** Additional flags of `serve`. */
	readonly args?: readonly string[];
	/** Default 0, which means any free port. */
	readonly port?: number;
}

/** A log line with a level below error: time, level, component and message. */
const ORDINARY_LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z (?:warn|info|debug) {1,2}\w+: /;

/** Matches no line. */
export const NO_LINE = /^\b$/;

/** Returns the lines of a log that are neither ordinary nor `expected`, such as errors and stack traces. */
export function findUnexpectedLines(log: string, expected = NO_LINE): string[] {
	return log.split('\n').filter((line) => line !== '' && !ORDINARY_LINE.test(line) && !expected.test(line));
}

/** `serve` in a separate process. */
export class RunningService {
	readonly port: number;
	private readonly program: Program;

	private constructor(program: Program, port: number) {
		this.program = program;
		this.port = port;
	}

	/** Resolves when the service listens. @throws Error with its output if it ends instead */
	static async start({ args = [], port = 0, ...options }: ServiceOptions): Promise<RunningService> {
		const program = startCommand(['serve', '--port', String(port), ...args], options);
		const [, actualPort] = await program.waitForOutput(/^listening on ws:\/\/localhost:(\d+)\n/m);
		return new RunningService(program, Number(actualPort));
	}

	get url(): string {
		return `ws://localhost:${this.port}`;
	}

	get httpUrl(): string {
		return `http://localhost:${this.port}`;
	}

	get pid(): number {
		return this.program.pid;
	}

	/** Resolves when the program has ended. */
	get exit(): Promise<Exit> {
		return this.program.exit;
	}

	/** Everything printed to standard output so far. */
	get stdout(): string {
		return this.program.stdout;
	}

	/** Everything logged so far. */
	get log(): string {
		return this.program.stderr;
	}

	/** See `findUnexpectedLines`. */
	get unexpectedLines(): string[] {
		return findUnexpectedLines(this.log);
	}

	waitForOutput(pattern: RegExp): Promise<RegExpExecArray> {
		return this.program.waitForOutput(pattern);
	}

	/** Stops the service; does nothing if it has stopped. @throws Error if it does not exit */
	stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
		return this.program.end(signal);
	}
}
