import * as z from 'zod';

/** The numbers of tests of a runner by result. */
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

/** Reads Vitest's JSON report. A file that could not be loaded counts as one failure. @throws ZodError if it is invalid */
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

/** Reads Playwright's JSON report. Errors outside of tests count as failures. @throws ZodError if it is invalid */
export function countPlaywright(report: unknown): TestCounts {
	const { stats, errors } = playwrightReport.parse(report);
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** Reads the report of the checks in the virtual machine. @throws ZodError if it is invalid */
export function countHidraw(report: unknown): TestCounts {
	return hidrawReport.parse(report);
}

export interface RunnerOptions {
	/** Whether the runner may skip all its tests, because none can run on this machine; default false. */
	readonly maySkipAll?: boolean;
}

/** Adds one failure if the runner crashed or ran no tests without reporting a failed test. */
export function countCrashAsFailure(
	counts: TestCounts | undefined,
	exitCode: number | null,
	{ maySkipAll = false }: RunnerOptions = {},
): TestCounts {
	if (counts === undefined) return { passed: 0, failed: 1, skipped: 0 };
	const ran = counts.passed + counts.failed + (maySkipAll ? counts.skipped : 0);
	const hasSucceeded = exitCode === 0 && ran > 0;
	return hasSucceeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

export function sumCounts(all: readonly TestCounts[]): TestCounts {
	const total = (name: keyof TestCounts) => all.reduce((previous, counts) => previous + counts[name], 0);
	return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** Returns `3 passed, 0 failed`, followed by the number of skipped tests unless it is 0. */
export function formatCounts({ passed, failed, skipped }: TestCounts): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
