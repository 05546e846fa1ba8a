import { expect, test } from '@playwright/test';
import {
	countCrashAsFailure,
	countHidraw,
	countPlaywright,
	countVitest,
	formatCounts,
	sumCounts,
} from './support/test-counts.ts';

const vitest = {
	numPassedTests: 5,
	numFailedTests: 1,
	numPendingTests: 2,
	numTodoTests: 1,
	testResults: [{ status: 'failed', assertionResults: [{}] }],
};
const playwright = { stats: { expected: 7, unexpected: 1, flaky: 0, skipped: 2 }, errors: [] };

const hidraw = { passed: 9, failed: 0, skipped: 1 };

test('adds up the counts of all runners', () => {
	const total = sumCounts([countVitest(vitest), countPlaywright(playwright), countHidraw(hidraw)]);
	expect(total).toEqual({ passed: 21, failed: 2, skipped: 6 });
	expect(formatCounts(total)).toBe('21 passed, 2 failed, 6 skipped');
	expect(formatCounts({ ...total, skipped: 0 })).toBe('21 passed, 2 failed');
});

test('counts a test file that cannot be loaded as a failure', () => {
	const unloaded = { status: 'failed', assertionResults: [] };
	expect(countVitest({ ...vitest, testResults: [...vitest.testResults, unloaded] }).failed).toBe(2);
});

test('counts an error outside of the tests as a failure', () => {
	expect(countPlaywright({ ...playwright, errors: [{ message: 'global setup' }] }).failed).toBe(2);
});

for (const report of [undefined, null, {}, { stats: {} }, 'text']) {
	test(`rejects ${JSON.stringify(report)} as a report`, () => {
		expect(() => countVitest(report)).toThrow();
		expect(() => countPlaywright(report)).toThrow();
		expect(() => countHidraw(report)).toThrow();
	});
}

const none = { passed: 0, failed: 0, skipped: 0 };
for (const [what, counts, exitCode, failed] of [
	['wrote no report', undefined, 0, 1],
	['ran nothing', none, 0, 1],
	['skipped everything', { ...none, skipped: 3 }, 0, 1],
	['crashed after its tests', { ...none, passed: 3 }, 1, 1],
	['was killed', { ...none, passed: 3 }, null, 1],
	['reports failed tests', { ...none, passed: 3, failed: 2 }, 1, 2],
	['passed', { ...none, passed: 3, skipped: 1 }, 0, 0],
] as const) {
	test(`counts ${failed} failures of a runner that ${what}`, () => {
		expect(countCrashAsFailure(counts, exitCode).failed).toBe(failed);
	});
}

test('accepts a runner that skips everything if that is allowed', () => {
	expect(countCrashAsFailure({ ...none, skipped: 3 }, 0, { maySkipAll: true }).failed).toBe(0);
	expect(countCrashAsFailure(none, 0, { maySkipAll: true }).failed).toBe(1);
	expect(countCrashAsFailure({ ...none, skipped: 3 }, 1, { maySkipAll: true }).failed).toBe(1);
});
