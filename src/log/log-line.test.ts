import { describe, expect, it } from 'vitest';
import { formatLogLine } from './log-line.ts';
import type { LogRecord } from './log-ring.ts';

const record: LogRecord = {
	timestamp: '2026-01-01T00:00:00.000Z',
	level: 'info',
	name: 'DeviceRegistry',
	message: 'Reader arrived',
};

describe('a log line', () => {
	it('contains timestamp, level, component and message', () => {
		expect(formatLogLine(record)).toBe('2026-01-01T00:00:00.000Z info  DeviceRegistry: Reader arrived');
	});

	it('ends with the metadata as JSON', () => {
		expect(formatLogLine({ ...record, level: 'error', metadata: { deviceId: 'device-001' } })).toBe(
			'2026-01-01T00:00:00.000Z error DeviceRegistry: Reader arrived {"deviceId":"device-001"}',
		);
	});

	it('stays one line and cannot control a terminal, whatever the text', () => {
		const line = formatLogLine({ ...record, message: 'a\nb\r\u001b[31m\u0085\u2028c', metadata: { note: 'd\ne' } });
		expect(line).toContain('a\\nb\\u000d\\u001b[31m\\u0085\\u2028c {"note":"d\\ne"}');
	});
});
