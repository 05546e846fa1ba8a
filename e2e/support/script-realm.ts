import { runInNewContext } from 'node:vm';
import { withTimeout } from './timeout.ts';

/** Runs a client script with the globals of a page, and records what it prints. */
export class ScriptRealm {
	/** Every call of `console` so far, as one line each. */
	readonly lines: string[] = [];
	private readonly globals: Readonly<Record<string, unknown>>;
	private wake = () => {};

	/** @param globals additional globals of the script */
	constructor(globals: Readonly<Record<string, unknown>> = {}) {
		const print = (...values: unknown[]) => {
			this.lines.push(values.map(String).join(' '));
			this.wake();
		};
		this.globals = { WebSocket, setTimeout, console: { log: print, warn: print, error: print }, ...globals };
	}

	/** Runs code. @returns the value of its last expression */
	run(code: string): unknown {
		return runInNewContext(code, this.globals);
	}

	/** Resolves when a line that starts with `line` has been printed `times` times. */
	async waitForLine(line: string, times = 1): Promise<void> {
		const waitForPrint = async () => {
			while (this.lines.filter((printed) => printed.startsWith(line)).length < times) {
				await new Promise<void>((resolve) => (this.wake = resolve));
			}
		};
		await withTimeout(waitForPrint(), () => `"${line}" ${times} times, but\n${this.lines.join('\n')}`);
	}
}
