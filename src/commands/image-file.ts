import { readFile } from 'node:fs/promises';
import { type DeclaredDpi, type Extraction, type GreyImage, loadInThreadEngine } from '../biometrics/worker-engine.ts';
import { reasonOf } from '../config/system-error.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';

/** The result of extracting an image that shows a fingerprint. */
export interface ExtractedImage extends Extraction {
	readonly image: GreyImage;
	readonly template: Uint8Array;
}

/** With fewer different grey levels, ridges do not differ clearly from the noise of a reader. */
const FEW_LEVELS = 32;

/** Reads a file. @throws ServiceError RECORD_NOT_FOUND naming the file and the reason */
export async function readBytes(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (cause) {
		const message = `${path} cannot be read: ${reasonOf(cause)}`;
		throw new ServiceError('RECORD_NOT_FOUND', { message, cause });
	}
}

/**
 * Extracts the template from the bytes of an image file. Warns on stderr if the resolution is doubtful.
 *
 * @param path named in every error and warning
 * @param requestedDpi pixels per inch; if undefined, the resolution that the file declares, or else 500
 * @throws ServiceError INVALID_MESSAGE for bytes that are not an image, NO_FINGERPRINT_DETECTED, TEMPLATE_EXTRACTION_FAILED
 */
export async function extractImage(
	path: string,
	bytes: Uint8Array,
	requestedDpi: number | undefined,
): Promise<ExtractedImage> {
	const { extractTemplate, readDeclaredDpi, readImage } = await loadInThreadEngine();
	const { dpi, fault }: DeclaredDpi =
		requestedDpi === undefined ? withFileName(path, () => readDeclaredDpi(bytes)) : { dpi: requestedDpi };
	const image = withFileName(path, () => readImage(bytes, dpi));
	if (fault !== undefined) warn(`${path} ${fault}: ${dpi} dpi is assumed; give the resolution with --dpi`);
	const { template, ...extraction } = withFileName(path, () => extractTemplate(image));
	if (!extraction.hasFingerprint) {
		throw new ServiceError('NO_FINGERPRINT_DETECTED', { message: `${path} shows no fingerprint${remedyFor(image)}` });
	}
	if (extraction.hints.includes('wrong-resolution')) {
		warn(`${path} shows ridges unlike those of a finger at ${dpi} dpi: give the resolution of the image with --dpi`);
	}
	if (template === undefined) {
		const message = `${path} shows only ${extraction.minutiae.length} minutiae, too few for a template (${extraction.hints.join(', ') || 'reason unknown'}): use a better image`;
		throw new ServiceError('TEMPLATE_EXTRACTION_FAILED', { message });
	}
	return { ...extraction, image, template };
}

function remedyFor({ dpi, data }: GreyImage): string {
	const levels = new Set(data).size;
	return levels < FEW_LEVELS
		? `: it has only ${levels} different grey levels, use an image with more contrast`
		: ` at ${dpi} dpi: use an image of one finger, with dark ridges, and give its resolution with --dpi`;
}

function warn(text: string): void {
	process.stderr.write(`warning: ${text}\n`);
}

/** Calls `act` and adds the file name to the message of its error. */
export function withFileName<T>(path: string, act: () => T): T {
	try {
		return act();
	} catch (cause) {
		const { error, message } = toServiceError(cause);
		throw new ServiceError(error, { message: `${path}: ${message}`, cause });
	}
}
