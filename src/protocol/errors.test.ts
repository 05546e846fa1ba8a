import { describe, expect, it } from 'vitest';
import { ERRORS, ServiceError, toServiceError } from './errors.ts';

describe('the error table', () => {
	it('uses every number once', () => {
		const codes = Object.values(ERRORS).map((entry) => entry.code);
		expect(new Set(codes).size).toBe(codes.length);
	});

	it('marks as retryable exactly what may succeed later by itself', () => {
		const retryable = Object.values(ERRORS).filter((entry) => entry.retryable);
		expect(retryable.map((entry) => entry.code)).toEqual([1002, 1005, 2001, 2002, 2003, 2005, 4004, 5002]);
	});

	it('has a meaning and a remedy in every row', () => {
		for (const [name, entry] of Object.entries(ERRORS)) {
			expect(entry.message, name).toMatch(/^[A-Z].*[^.]$/);
			expect(entry.meaning.length, name).toBeGreaterThan(20);
			expect(entry.howToSolve.length, name).toBeGreaterThan(15);
		}
	});
});

describe('ServiceError', () => {
	it('takes number and text from the table', () => {
		const error = new ServiceError('DEVICE_BUSY');
		expect(error).toMatchObject({ code: 1002, isRetryable: true, message: 'Device is busy', details: undefined });
	});

	it('lets one occurrence say more', () => {
		const error = new ServiceError('CONFIGURATION_ERROR', { message: 'Port 8080 is taken', details: { port: 8080 } });
		expect(error).toMatchObject({ code: 5003, message: 'Port 8080 is taken', details: { port: 8080 } });
	});

	it('wraps whatever else was thrown as INTERNAL_ERROR and keeps it as the cause', () => {
		const thrown = new TypeError('x is undefined');
		expect(toServiceError(thrown)).toMatchObject({ code: 5001, cause: thrown });
		const known = new ServiceError('LOW_QUALITY');
		expect(toServiceError(known)).toBe(known);
	});
});
