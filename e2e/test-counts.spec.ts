import { expect, test } from '@playwright/test';
import { closingLine, countHidraw, countPlaywright, countVitest, judge, sum } from './support/test-counts.ts';

const vitest = {
	numPassedTests: 5,
	numFailedTests: 1,
	numPendingTests: 2,
	numTodoTests: 1,
	testResults: [{ status: 'failed', assertionResults: [{}] }],
};
const playwright = { stats: { expected: 7, unexpected: 1, flaky: 0, skipped: 2 }, errors: [] };

const hidraw = { passed: 9, failed: 0, skipped: 1 };

test('sums up all runners', () => {
	const total = sum([countVitest(vitest), countPlaywright(playwright), countHidraw(hidraw)]);
	expect(total).toEqual({ passed: 21, failed: 2, skipped: 6 });
	expect(closingLine(total)).toBe('21 passed, 2 failed, 6 skipped');
	expect(closingLine({ ...total, skipped: 0 })).toBe('21 passed, 2 failed');
});

test('counts a test file that cannot be loaded as a failure', () => {
	const unloaded = { status: 'failed', assertionResults: [] };
	expect(countVitest({ ...vitest, testResults: [...vitest.testResults, unloaded] }).failed).toBe(2);
});

test('counts a fault outside of the tests as a failure', () => {
	expect(countPlaywright({ ...playwright, errors: [{ message: 'global setup' }] }).failed).toBe(2);
});

for (const report of [undefined, null, {}, { stats: {} }, 'text']) {
	test(`takes ${JSON.stringify(report)} for no report`, () => {
		expect(() => countVitest(report)).toThrow();
		expect(() => countPlaywright(report)).toThrow();
		expect(() => countHidraw(report)).toThrow();
	});
}

const none = { passed: 0, failed: 0, skipped: 0 };
for (const [what, counts, exitCode, failed] of [
	['left no report', undefined, 0, 1],
	['ran nothing', none, 0, 1],
	['skipped everything', { ...none, skipped: 3 }, 0, 1],
	['crashed after its tests', { ...none, passed: 3 }, 1, 1],
	['was killed', { ...none, passed: 3 }, null, 1],
	['names what failed', { ...none, passed: 3, failed: 2 }, 1, 2],
	['passed', { ...none, passed: 3, skipped: 1 }, 0, 0],
] as const) {
	test(`counts ${failed} failures of a runner that ${what}`, () => {
		expect(judge(counts, exitCode).failed).toBe(failed);
	});
}

test('lets a runner skip everything where it may', () => {
	expect(judge({ ...none, skipped: 3 }, 0, { maySkipAll: true }).failed).toBe(0);
	expect(judge(none, 0, { maySkipAll: true }).failed).toBe(1);
	expect(judge({ ...none, skipped: 3 }, 1, { maySkipAll: true }).failed).toBe(1);
});
