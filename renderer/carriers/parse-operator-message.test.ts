import { describe, expect, it } from 'vitest';
import { tryParseOperatorMessage } from './parse-operator-message.ts';

describe('an operator message', () => {
	it.each([
		{ type: 'session', token: 't' },
		{ type: 'reply', id: 1, ok: true, result: null },
		{
			type: 'reply',
			id: 1,
			ok: false,
			problem: { error: 'INTERNAL_ERROR', code: 5001, message: 'x', retryable: false },
		},
		{ type: 'event', event: { topic: 'service', value: { phase: 'stopped' } } },
	])('of type $type is parsed', (message) => {
		expect(tryParseOperatorMessage(JSON.stringify(message))).toEqual(message);
	});

	it.each([
		'',
		'nonsense',
		'null',
		'"session"',
		'{"type":"session"}',
		'{"type":"reply","ok":true}',
		'{"type":"reply","id":1}',
		'{"type":"reply","id":1,"ok":false}',
		'{"type":"event","event":null}',
		'{"type":"event","event":{"topic":"service"}}',
		'{"type":"event","event":{"value":1}}',
		'{"type":"weather"}',
	])('is not parsed from %s', (text) => {
		expect(tryParseOperatorMessage(text)).toBeUndefined();
	});
});
