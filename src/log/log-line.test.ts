import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLogLine, type LogRecord, parseLogLine } from './log-line.ts';
import { LOG_LEVELS } from './logger.ts';

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

/** Text with more of what could be mistaken for the parts of a line than random text has. */
const text = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				' ',
				'{',
				'}',
				': ',
				'"',
				'\\',
				'\\n',
				'\\u0041',
				'\n',
				'\r',
				'\u0085',
				'\u2028',
				'\ud800',
				' {"a":1}',
			),
			fc.string({ unit: 'binary' }),
		),
	)
	.map((parts) => parts.join(''));
const metadata = fc
	.dictionary(text, fc.oneof(text, fc.jsonValue()))
	.map((value): Record<string, unknown> => JSON.parse(JSON.stringify(value)));
const records: fc.Arbitrary<LogRecord> = fc.oneof(
	fc.record({ timestamp: isoTime(), level: fc.constantFrom(...LOG_LEVELS), name: text, message: text }),
	fc.record({ timestamp: isoTime(), level: fc.constantFrom(...LOG_LEVELS), name: text, message: text, metadata }),
);

function isoTime(): fc.Arbitrary<string> {
	return fc
		.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString());
}

describe('a parsed log line', () => {
	it('is the record that was formatted, whatever it contains, and formats to the same line', () => {
		fc.assert(
			fc.property(records, (any) => {
				const line = formatLogLine(any);
				expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
				const parsed = parseLogLine(line);
				expect(parsed).toEqual(any);
				expect(formatLogLine(parsed as LogRecord)).toBe(line);
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		['Cannot open C:\\Users\\a', 'Cannot open C:\\Users\\a'],
		['a {b', 'a \\u007bb'],
		['C:\\new', 'C:\\u005cnew'],
	])('keeps %j readable as %j', (message, written) => {
		expect(formatLogLine({ ...record, message })).toContain(`: ${written}`);
	});

	it.each([
		'',
		'hello',
		'2026-01-01T00:00:00.000Z',
		'2026-01-01T00:00:00.000Z loud  A: b',
		' at Object.<anonymous> (a.js:1:1)',
	])('is undefined for %j', (line) => {
		expect(parseLogLine(line)).toBeUndefined();
	});

	it('keeps a message that ends like metadata but is not JSON, as earlier versions wrote it', () => {
		const line = '2026-01-01T00:00:00.000Z warn  A: b {c}';
		expect(parseLogLine(line)).toEqual({ ...record, level: 'warn', name: 'A', message: 'b {c}' });
	});
});
