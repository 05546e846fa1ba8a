import { describe, expect, it } from 'vitest';
import type { LogLineView } from '../../src/operator/contract.ts';
import type { LogLevel } from '../../src/protocol/log-levels.ts';
import { lineMatcher, splitAtHits } from './log-filter.ts';

function line(level: LogLevel, message: string, metadata?: Record<string, unknown>): LogLineView {
	const facts = { sequence: 1, timestamp: '2026-01-01T00:00:00.000Z', level, name: 'ScanService', message };
	return metadata === undefined ? facts : { ...facts, metadata };
}

describe('lineMatcher', () => {
	it.each<[LogLevel, LogLevel[]]>([
		['error', ['error']],
		['warn', ['error', 'warn']],
		['info', ['error', 'warn', 'info']],
		['debug', ['error', 'warn', 'info', 'debug']],
	])('at %s shows %j', (level, shown) => {
		const levels: LogLevel[] = ['error', 'warn', 'info', 'debug'];
		expect(levels.filter((it) => lineMatcher({ level, text: '' })(line(it, 'anything')))).toEqual(shown);
	});

	it.each([
		['started', true],
		['SCAN STARTED', true],
		['scanservice', true],
		['device-001', true],
		['"deviceId":"device-001"', true],
		['device-002', false],
		['sc.n', false],
	])('with the text %j matches name, message or metadata: %s', (text, isFound) => {
		const matches = lineMatcher({ level: 'info', text });
		expect(matches(line('info', 'Scan started', { deviceId: 'device-001' }))).toBe(isFound);
	});

	it('hides a line with the text if its level is too low', () => {
		expect(lineMatcher({ level: 'warn', text: 'started' })(line('info', 'started'))).toBe(false);
	});

	it.each(['[', '(a', '\\', '^$', '.*', 'a|b', '{1}', 'x-y', '/', '?+'])('treats %j as plain text', (text) => {
		const matches = lineMatcher({ level: 'info', text });
		expect(matches(line('info', `before ${text} after`))).toBe(true);
		expect(matches(line('info', 'before after'))).toBe(false);
	});
});

describe('splitAtHits', () => {
	it.each([
		['nothing searched', '', 'Scan started', ['Scan started']],
		['nothing found', 'x', 'Scan started', ['Scan started']],
		['found at the start', 'scan', 'Scan started', ['[Scan]', ' started']],
		['found at the end', 'ED', 'Scan started', ['Scan start', '[ed]']],
		['found more than once', 't', 'start', ['s', '[t]', 'ar', '[t]']],
		['found side by side', 'a', 'aab', ['[a]', '[a]', 'b']],
		['found as a whole', 'scan', 'SCAN', ['[SCAN]']],
		['found behind letters that grow in lower case', 'b', 'İİb', ['İİ', '[b]']],
		['searched in an empty text', 'b', '', ['']],
	])('marks the hits: %s', (_, searched, text, expected) => {
		const parts = splitAtHits(text, searched);
		expect(parts.map((part) => (part.isHit ? `[${part.text}]` : part.text))).toEqual(expected);
	});
});
