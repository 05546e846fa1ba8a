import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorEntry, type ErrorName, ServiceError, toServiceError } from './errors.ts';

const SRC = new URL('../', import.meta.url);

/**
 * Returns the names of the errors that production code creates: as the argument of `ServiceError`, or as the `error` of a
 * table that maps codes of a reader or a library to errors.
 */
function thrownErrors(): Set<string> {
	const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
		(path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/(^|[\\/])testing[\\/]/.test(path),
	);
	const names = files.flatMap((path) => {
		const source = readFileSync(new URL(path.replaceAll('\\', '/'), SRC), 'utf8');
		return [...source.matchAll(/(?:new ServiceError\(\s*|\berror: )'([A-Z_]+)'/g)].map(([, name = '']) => name);
	});
	return new Set(names);
}

describe('the error table', () => {
	it('uses every number once', () => {
		const codes = Object.values(ERRORS).map((entry) => entry.code);
		expect(new Set(codes).size).toBe(codes.length);
	});

	it('marks as retryable exactly the errors after which the same request may succeed', () => {
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

describe('reserved codes', () => {
	// The protocol defines these for a database, backups and updates, none of which this version of the service has.
	it('are exactly those that production code never throws', () => {
		const thrown = thrownErrors();
		const neverThrown = Object.keys(ERRORS).filter((name) => !thrown.has(name));
		const reserved = Object.keys(ERRORS).filter((name) => (ERRORS[name as ErrorName] as ErrorEntry).reserved);
		expect(reserved).toEqual(neverThrown);
		expect(reserved).toEqual(['DB_CONNECTION_FAILED', 'DUPLICATE_ENTRY', 'BACKUP_FAILED', 'UPDATE_FAILED']);
	});
});

describe('ServiceError', () => {
	it('takes number and text from the table', () => {
		const error = new ServiceError('DEVICE_BUSY');
		expect(error).toMatchObject({ code: 1002, isRetryable: true, message: 'Device is busy', details: undefined });
	});

	it('accepts a specific message and details', () => {
		const error = new ServiceError('CONFIGURATION_ERROR', { message: 'Port 8080 is taken', details: { port: 8080 } });
		expect(error).toMatchObject({ code: 5003, message: 'Port 8080 is taken', details: { port: 8080 } });
	});

	it('wraps every other thrown value as INTERNAL_ERROR and keeps it as the cause', () => {
		const thrown = new TypeError('x is undefined');
		expect(toServiceError(thrown)).toMatchObject({ code: 5001, cause: thrown });
		const error = new ServiceError('LOW_QUALITY');
		expect(toServiceError(error)).toBe(error);
	});
});
