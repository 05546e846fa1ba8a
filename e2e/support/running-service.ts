import { type CommandOptions, startCommand } from './command.ts';
import type { Exit, Program } from './program.ts';

export interface ServiceOptions extends CommandOptions {
	/** More flags of `serve`. */
	readonly args?: readonly string[];
	/** Default 0 = any free one. */
	readonly port?: number;
}

/** A line of the log that tells of no fault of the service: a moment, a level below error, who and what. */
const PEACEFUL_LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z (?:warn|info|debug) {1,2}\w+: /;

/** Matches no line. */
export const NO_COMPLAINT = /^\b$/;

/** Logged errors, stack traces and whatever else is no peaceful line of a log; without those that are `expected`. */
export function findComplaints(log: string, expected = NO_COMPLAINT): string[] {
	return log.split('\n').filter((line) => line !== '' && !PEACEFUL_LINE.test(line) && !expected.test(line));
}

/** `serve` in a process of its own. */
export class RunningService {
	readonly port: number;
	private readonly program: Program;

	private constructor(program: Program, port: number) {
		this.program = program;
		this.port = port;
	}

	/** Resolves when the service says that it listens. @throws Error with what it says instead */
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

	/** Everything printed for the user so far. */
	get stdout(): string {
		return this.program.stdout;
	}

	/** Everything logged so far. */
	get log(): string {
		return this.program.stderr;
	}

	/** As `findComplaints` finds them. */
	get complaints(): string[] {
		return findComplaints(this.log);
	}

	waitForOutput(pattern: RegExp): Promise<RegExpExecArray> {
		return this.program.waitForOutput(pattern);
	}

	/** Ask it to stop; harmless once it has. @throws Error if it does not end */
	stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
		return this.program.end(signal);
	}
}
