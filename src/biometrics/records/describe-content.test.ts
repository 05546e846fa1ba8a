import { describe, expect, it } from 'vitest';
import { adviseConversion, describeContent } from './describe-content.ts';

describe('describeContent', () => {
	it.each([
		['', 'empty'],
		['\x89PNG\r\n\x1a\n', 'a PNG image'],
		['\xff\xd8\xff\xe0\0\x10JFIF', 'a JPEG image'],
		['\0\0\0\x0cjP  \r\n\x87\n', 'a JPEG 2000 image'],
		['\xff\x4f\xff\x51\0', 'a JPEG 2000 image'],
		['\xff\xa0\xff\xa4\0', 'a WSQ image'],
		['II*\0\x08', 'a TIFF image'],
		['MM\0*\0', 'a TIFF image'],
		['GIF89a', 'a GIF image'],
		['BM\x36\x10\0\0\0\0\0\0', 'a BMP image'],
		['P5 300 375 255\n', 'a PGM image'],
		['P2 300 375 255\n', 'a PGM image in text form (P2)'],
		['P6\n300 375 255\n', 'a PPM image'],
		['RIFF\x10\0\0\0WEBPVP8 ', 'a WebP image'],
		['\0\0\0\x18ftypheic', 'a HEIC image'],
		['II+\0\x08', 'a BigTIFF image'],
		['FMR\x00 20\0', 'a minutiae record (ISO/IEC 19794-2 or ANSI INCITS 378)'],
		['FIR\x00020\0', 'a fingerprint image record (ISO/IEC 19794-4 or ANSI INCITS 381)'],
		['MSSS21\0\0', 'a ZKTeco template'],
		['%PDF-1.7', 'a PDF document'],
		['{"template":1}', 'JSON text'],
		['<?xml version="1.0"?>', 'XML or HTML text'],
		['464D520020323000', 'a record in hexadecimal text'],
		['Rk1SACAyMAA=', 'a record that was encoded in base64 twice'],
		['not a template', 'text'],
		['BMI of 21', 'text'],
		['\0\0\0\0', 'a buffer of zero bytes'],
		['\x01\x02\x03', 'unknown binary data'],
	])('describes %j as %s', (content, expected) => {
		expect(describeContent(Buffer.from(content, 'latin1'))).toBe(expected);
	});
});

describe('adviseConversion', () => {
	it.each([
		['', 'copy or export the file again'],
		['\0\0\0\x0cjP  \r\n\x87\n', 'convert it to PNG, for example with opj_decompress'],
		['\xff\xa0\xff\xa4\0', 'convert it to PNG, for example with a WSQ viewer or with dwsq of NBIS'],
		['GIF89a', 'convert it to PNG'],
		['FMR\x00 20\0', 'it contains a template already'],
		['%PDF-1.7', 'save the image in it as PNG'],
		['some text', 'use an image in PNG, JPEG, TIFF, BMP or PGM format'],
		['\x01\x02\x03', 'use an image in PNG, JPEG, TIFF, BMP or PGM format'],
	])('for %j advises to %s', (content, advice) => {
		expect(adviseConversion(Buffer.from(content, 'latin1'))).toContain(advice);
	});
});
