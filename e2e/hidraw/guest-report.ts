import type { TestCounts } from '../support/test-counts.ts';
import { type Result, tryParseResultLine } from './result-lines.ts';

type CheckResult = Extract<Result, { check: string }>;

/** So many lines of a machine that died say enough. */
const KEPT_LINES = 30;

/** Follows the checks in the virtual machine by the lines of its serial console. */
export class GuestReport {
	private readonly show: (line: string) => void;
	private readonly open = new Set<string>();
	private console: string[] = [];
	private passed = 0;
	private failed = 0;
	private isDone = false;

	/** @param show prints one line for a person */
	constructor(show: (line: string) => void) {
		this.show = show;
	}

	/** @param line of the console, which has more on it than results */
	hear(line: string): void {
		const result = tryParseResultLine(line);
		if (result !== undefined) this.note(result);
		else this.console = [...this.console, line].slice(-KEPT_LINES);
	}

	/** What became of all checks: one that was not heard of has failed, and so has a machine that did not say it was done. */
	finish(): TestCounts {
		for (const check of this.open) this.show(`  ✘ ${check}: not run`);
		if (!this.isDone) {
			this.show('  ✘ the virtual machine ended before its checks did; its last words:');
			for (const line of this.console) this.show(`    | ${line}`);
		}
		const lost = this.open.size === 0 && !this.isDone ? 1 : this.open.size;
		return { passed: this.passed, failed: this.failed + lost, skipped: 0 };
	}

	private note(result: Result): void {
		if ('plan' in result) for (const check of result.plan) this.open.add(check);
		if ('note' in result) this.show(`    ${result.note}`);
		if ('isDone' in result) this.isDone = true;
		if ('check' in result && this.open.delete(result.check)) this.count(result);
	}

	private count(result: CheckResult): void {
		if ('figure' in result) {
			this.passed++;
			this.show(`  ✔ ${result.check}: ${result.figure}`);
		} else {
			this.failed++;
			this.show(`  ✘ ${result.check}: ${result.fault}`);
		}
	}
}
