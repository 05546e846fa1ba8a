import { describe, expect, it } from 'vitest';
import { checkConfirmCode } from './confirm-codes.ts';

describe('throwUnlessOk', () => {
	it('accepts 00 with any data', () => {
		expect(() => checkConfirmCode(Uint8Array.of(0, 0x13))).not.toThrow();
	});

	it.each([
		[0x01, 'DEVICE_TIMEOUT'],
		[0x02, 'NO_FINGERPRINT_DETECTED'],
		[0x03, 'LOW_QUALITY'],
		[0x0f, 'DEVICE_TIMEOUT'],
		[0x13, 'DEVICE_INIT_FAILED'],
		[0x29, 'DEVICE_INIT_FAILED'],
		[0x77, 'DEVICE_INIT_FAILED'],
	])('throws for code %i the error %s', (confirmCode, error) => {
		expect(() => checkConfirmCode(Uint8Array.of(confirmCode))).toThrow(
			expect.objectContaining({ error, details: { confirmCode } }),
		);
	});

	it('treats an answer without a code as damaged', () => {
		expect(() => checkConfirmCode(new Uint8Array())).toThrow(expect.objectContaining({ error: 'DEVICE_TIMEOUT' }));
	});

	it('names the remedy for a wrong password', () => {
		expect(() => checkConfirmCode(Uint8Array.of(0x13))).toThrow('back to 0');
	});
});
