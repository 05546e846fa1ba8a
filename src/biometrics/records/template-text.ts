import { describeContent } from './describe-content.ts';
import { notUsable } from './record-checks.ts';

/**
 * Decodes the text form of a template: base64, also with line breaks and spaces, with the URL-safe alphabet, without padding, or
 * as a `data:` URL.
 *
 * @throws ServiceError INVALID_MESSAGE with what the text looks like
 */
export function decodeTemplateText(text: string): Uint8Array {
	const payload = text.replace(/^\s*data:[^,]*;base64,/i, '').replace(/\s+/g, '');
	const [digits, padding] = splitPadding(payload);
	const isBase64 = /^[\w+/-]*$/.test(digits) && digits.length % 4 !== 1 && padding <= 2;
	if (!isBase64)
		throw notUsable(
			`it is ${describeContent(Buffer.from(text))}, not base64: encode the bytes of the record in base64`,
		);
	// Node reads both alphabets and needs no padding.
	return Buffer.from(digits, 'base64');
}

function splitPadding(payload: string): [digits: string, padding: number] {
	const digits = payload.replace(/={1,2}$/, '');
	return [digits, payload.length - digits.length];
}
