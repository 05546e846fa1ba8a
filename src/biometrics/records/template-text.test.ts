import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTemplateText } from './template-text.ts';

const FORMS: readonly [string, (base64: string) => string][] = [
	['plain', (base64) => base64],
	['with line breaks', (base64) => `${base64.replaceAll(/.{4}/g, '$&\r\n')}\n`],
	['in the URL-safe alphabet', (base64) => base64.replaceAll('+', '-').replaceAll('/', '_')],
	['without padding', (base64) => base64.replaceAll('=', '')],
	['with half of its padding', (base64) => base64.replace('==', '=')],
	['after a data: prefix', (base64) => `data:application/octet-stream;base64,${base64}`],
	['after a data: prefix with a parameter', (base64) => ` DATA:text/plain;charset=utf-8;base64,\n${base64}`],
];

describe('decodeTemplateText', () => {
	it.each(FORMS)('decodes base64 %s', (_form, write) => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				const text = write(Buffer.from(bytes).toString('base64'));
				expect(Uint8Array.from(decodeTemplateText(text))).toEqual(bytes);
			}),
		);
	});

	it.each([
		['not base64!', 'it is text, not base64'],
		['{"template":"AQID"}', 'it is JSON text, not base64'],
		['AQIDB', 'it is text, not base64'],
		['AQ=ID', 'it is text, not base64'],
		['AQ====', 'it is text, not base64'],
		['data:image/png,AQID', 'it is text, not base64'],
		['äöü', 'it is unknown binary data, not base64'],
	])('refuses %j', (text, message) => {
		expect(() => decodeTemplateText(text)).toThrow(
			expect.objectContaining({ error: 'INVALID_MESSAGE', message: expect.stringContaining(message) }),
		);
	});
});
