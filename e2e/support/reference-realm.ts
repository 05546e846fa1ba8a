import { runInNewContext } from 'node:vm';
import { withinPatience } from './deadline.ts';

/** A place where code of the reference runs as in a page: with the globals it uses, and a console that is listened to. */
export class ReferenceRealm {
	/** What the code has printed, each call of the console as one line. */
	readonly lines: string[] = [];
	private readonly globals: Readonly<Record<string, unknown>>;
	private wake = () => {};

	/** @param globals more of what the code expects to be there */
	constructor(globals: Readonly<Record<string, unknown>> = {}) {
		const print = (...values: unknown[]) => {
			this.lines.push(values.map(String).join(' '));
			this.wake();
		};
		this.globals = { WebSocket, setTimeout, console: { log: print, warn: print, error: print }, ...globals };
	}

	/** Run code. @returns the value of its last expression */
	run(code: string): unknown {
		return runInNewContext(code, this.globals);
	}

	/** Resolves when `line` was printed `times` times. */
	async hear(line: string, times = 1): Promise<void> {
		const heard = async () => {
			while (this.lines.filter((printed) => printed.startsWith(line)).length < times) {
				await new Promise<void>((resolve) => (this.wake = resolve));
			}
		};
		await withinPatience(heard(), () => `"${line}" ${times} times, but\n${this.lines.join('\n')}`);
	}
}
