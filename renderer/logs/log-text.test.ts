import { describe, expect, it } from 'vitest';
import { logFileName, logText } from './log-text.ts';

const line = {
	sequence: 1,
	timestamp: '2026-01-01T00:00:00.000Z',
	level: 'info',
	name: 'ScanService',
	message: 'Scan started',
} as const;

describe('the log as text', () => {
	it('has one line per entry with its metadata as JSON', () => {
		expect(logText([line, { ...line, level: 'error', message: 'Gone', metadata: { deviceId: 'device-001' } }])).toBe(
			'2026-01-01T00:00:00.000Z info  ScanService: Scan started\n' +
				'2026-01-01T00:00:00.000Z error ScanService: Gone {"deviceId":"device-001"}\n',
		);
	});

	it('keeps an entry with control characters on one line', () => {
		const text = logText([{ ...line, message: 'one\ntwo\u2028three\u001b[2J' }]);
		expect(text).toBe('2026-01-01T00:00:00.000Z info  ScanService: one\\ntwo\\u2028three\\u001b[2J\n');
	});

	it('is empty without entries', () => {
		expect(logText([])).toBe('');
	});

	it('has a file name that is valid on every system', () => {
		expect(logFileName(Date.UTC(2026, 10, 24, 14, 5, 9))).toBe('fingerprint-service-log-2026-11-24T14-05-09.txt');
	});
});
