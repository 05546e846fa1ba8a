import * as z from 'zod';

/** What became of the tests of a runner. */
export interface TestCounts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

const vitestReport = z.object({
	numPassedTests: z.int(),
	numFailedTests: z.int(),
	numPendingTests: z.int(),
	numTodoTests: z.int(),
	testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
	stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
	errors: z.array(z.unknown()),
});

const hidrawReport = z.object({ passed: z.int(), failed: z.int(), skipped: z.int() });

/** Read Vitest's JSON report. A file that could not be loaded counts as one failure. @throws ZodError for anything else */
export function countVitest(report: unknown): TestCounts {
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = vitestReport.parse(report);
	const unloaded = testResults.filter(
		({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
	);
	return {
		passed: numPassedTests,
		failed: numFailedTests + unloaded.length,
		skipped: numPendingTests + numTodoTests,
	};
}

/** Read Playwright's JSON report. Errors outside of tests count as failures. @throws ZodError for anything else */
export function countPlaywright(report: unknown): TestCounts {
	const { stats, errors } = playwrightReport.parse(report);
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** Read the report of the checks in the virtual machine. @throws ZodError for anything else */
export function countHidraw(report: unknown): TestCounts {
	return hidrawReport.parse(report);
}

export interface JudgeOptions {
	/** The runner may find that nothing of it can run on this machine; default false. */
	readonly maySkipAll?: boolean;
}

/** A runner that crashed or ran nothing has failed, even where no test of it has. */
export function judge(
	counts: TestCounts | undefined,
	exitCode: number | null,
	{ maySkipAll = false }: JudgeOptions = {},
): TestCounts {
	if (counts === undefined) return { passed: 0, failed: 1, skipped: 0 };
	const ran = counts.passed + counts.failed + (maySkipAll ? counts.skipped : 0);
	const isSound = exitCode === 0 && ran > 0;
	return isSound || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

export function sum(all: readonly TestCounts[]): TestCounts {
	const total = (name: keyof TestCounts) => all.reduce((sofar, counts) => sofar + counts[name], 0);
	return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** `3 passed, 0 failed`, and how many were skipped if any were. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
