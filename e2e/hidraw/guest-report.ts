import type { TestCounts } from '../support/test-counts.ts';
import { type Result, tryParseResultLine } from './result-lines.ts';

type CheckResult = Extract<Result, { check: string }>;

/** Console lines that are shown when the machine ends early. */
const MAX_KEPT_LINES = 30;

/** Counts the checks in the virtual machine from the lines of its serial console. */
export class GuestReport {
	private readonly show: (line: string) => void;
	private readonly pending = new Set<string>();
	private consoleLines: string[] = [];
	private passed = 0;
	private failed = 0;
	private isDone = false;

	/** @param show prints one human-readable line */
	constructor(show: (line: string) => void) {
		this.show = show;
	}

	/** Processes one console line: a result, or other output such as a kernel message. */
	addLine(line: string): void {
		const result = tryParseResultLine(line);
		if (result !== undefined) this.addResult(result);
		else this.consoleLines = [...this.consoleLines, line].slice(-MAX_KEPT_LINES);
	}

	/** Returns the counts. A check without a result counts as failed, and so does a machine that ended early. */
	finish(): TestCounts {
		for (const check of this.pending) this.show(`  ✘ ${check}: not run`);
		if (!this.isDone) {
			this.show('  ✘ the virtual machine ended before its checks; its last console lines:');
			for (const line of this.consoleLines) this.show(`    | ${line}`);
		}
		const lost = this.pending.size === 0 && !this.isDone ? 1 : this.pending.size;
		return { passed: this.passed, failed: this.failed + lost, skipped: 0 };
	}

	private addResult(result: Result): void {
		if ('plan' in result) for (const check of result.plan) this.pending.add(check);
		if ('note' in result) this.show(`    ${result.note}`);
		if ('isDone' in result) this.isDone = true;
		if ('check' in result && this.pending.delete(result.check)) this.count(result);
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
