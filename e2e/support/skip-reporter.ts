import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Prints at the end why tests were skipped, one line per reason. */
export default class SkipReporter implements Reporter {
	private readonly countByReason = new Map<string, number>();

	onTestEnd(_test: TestCase, { status, annotations }: TestResult): void {
		if (status !== 'skipped') return;
		const reason = annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given';
		this.countByReason.set(reason, (this.countByReason.get(reason) ?? 0) + 1);
	}

	onEnd(): void {
		for (const [reason, count] of this.countByReason) process.stdout.write(`\n  ${count} skipped: ${reason}\n`);
	}
}
