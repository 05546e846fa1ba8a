import { describe, expect, it } from 'vitest';
import { ZKFP, zkFingerError } from './zkfinger-codes.ts';

/** Every failure code of libzkfperrdef.h. */
const DOCUMENTED = [
	-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13, -14, -17, -18, -20, -22, -23, -24, -25, -26, -27, -28,
];

describe('zkFingerError', () => {
	it.each(DOCUMENTED)('describes code %d and includes its number', (code) => {
		const error = zkFingerError('ZKFPM_Init', code);
		expect(error.message).toMatch(new RegExp(`^ZKFPM_Init returned ${code}: (?!a code that the SDK does not)`));
		expect(error.details).toEqual({ call: 'ZKFPM_Init', code });
	});

	it('reports an unknown code as undocumented', () => {
		expect(zkFingerError('ZKFPM_Init', -99)).toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: 'ZKFPM_Init returned -99: a code that the SDK does not document',
			details: { code: -99 },
		});
	});

	it.each([
		[ZKFP.noDevice, 'DEVICE_DISCONNECTED', false],
		[ZKFP.busy, 'DEVICE_BUSY', true],
		[-28, 'DEVICE_TIMEOUT', true],
		[ZKFP.captureLibraryFailed, 'DEVICE_INIT_FAILED', false],
	])('converts code %d to %s', (code, error, isRetryable) => {
		expect(zkFingerError('ZKFPM_AcquireFingerprintImage', code)).toMatchObject({ error, isRetryable });
	});
});
