import type { OperatorProblem, TrialScan } from '../../../src/operator/contract.ts';

/** The result of a good trial scan, for tests. */
export const SAMPLE_SCAN: TrialScan = {
	png: 'iVBORw0KGgo=',
	width: 300,
	height: 375,
	dpi: 500,
	quality: 80,
	hints: [],
	minutiae: [],
	isUsable: true,
};

/** The refusal of a trial scan on a busy reader, for tests. */
export const SAMPLE_PROBLEM: OperatorProblem = {
	error: 'DEVICE_BUSY',
	code: 1002,
	message: 'Device is busy',
	retryable: true,
};
