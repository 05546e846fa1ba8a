import { readFile } from 'node:fs/promises';
import { extractTemplate } from '../biometrics/extract-template.ts';
import type { GreyImage } from '../biometrics/grey-image.ts';
import type { Minutia } from '../biometrics/minutia.ts';
import { readImage } from '../biometrics/read-image.ts';
import { writeDataFile } from '../config/data-folder.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';

export interface ExtractOptions {
	/** Pixels per inch. */
	readonly dpi: number;
	/** Where the ISO record goes. */
	readonly out?: string;
	readonly json?: boolean;
}

/**
 * Read the minutiae off a picture in a file.
 *
 * @throws ServiceError INVALID_MESSAGE for a file that is no picture, NO_FINGERPRINT_DETECTED, TEMPLATE_EXTRACTION_FAILED
 */
export async function extract(path: string, { dpi, out, json }: ExtractOptions): Promise<void> {
	const image = toImage(path, await readBytes(path), dpi);
	const { width, height } = image;
	const { quality, hints, minutiae, template, hasFingerprint } = extractTemplate(image);
	if (!hasFingerprint) throw new ServiceError('NO_FINGERPRINT_DETECTED', { message: `${path} shows no fingerprint` });
	if (template === undefined) {
		const message = `${path} shows only ${minutiae.length} minutiae, too few for a template (${hints.join(', ') || 'no hint why'})`;
		throw new ServiceError('TEMPLATE_EXTRACTION_FAILED', { message });
	}
	if (out !== undefined) await writeDataFile(out, Buffer.from(template), { mode: 0o600 });
	const base64 = Buffer.from(template).toString('base64');
	const facts = {
		format: 'iso-19794-2:2005',
		width,
		height,
		dpi,
		quality,
		hints,
		minutiae: minutiae.map(inDegrees),
		template: base64,
	};
	process.stdout.write(
		json ? `${JSON.stringify(facts)}\n` : summary(image, { quality, hints, count: minutiae.length }),
	);
	if (!json && out === undefined) process.stdout.write(`${base64}\n`);
}

/** A minutia for people and scripts: its direction in degrees, counter-clockwise from "to the right". */
function inDegrees({ angle, ...minutia }: Minutia) {
	return { ...minutia, angleDegrees: Math.round((angle * 1_800) / Math.PI) / 10 };
}

function summary(
	{ width, height, dpi }: GreyImage,
	{ quality, hints, count }: { quality: number; hints: readonly string[]; count: number },
): string {
	const why = hints.length > 0 ? ` (${hints.join(', ')})` : '';
	return `${count} minutiae, quality ${quality}${why}, ${width} x ${height} at ${dpi} dpi\n`;
}

function toImage(path: string, bytes: Uint8Array, dpi: number): GreyImage {
	try {
		return readImage(bytes, dpi);
	} catch (cause) {
		const { error, message } = toServiceError(cause);
		throw new ServiceError(error, { message: `${path}: ${message}`, cause });
	}
}

async function readBytes(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (cause) {
		throw new ServiceError('RECORD_NOT_FOUND', {
			message: `${path} cannot be read: ${(cause as Error).message}`,
			cause,
		});
	}
}
