import { readFile } from 'node:fs/promises';
import { type Extraction, type GreyImage, loadInThreadEngine } from '../biometrics/worker-engine.ts';
import { reasonOf } from '../config/system-error.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';

/** The result of extracting an image that shows a fingerprint. */
export interface ExtractedImage extends Extraction {
	readonly image: GreyImage;
	readonly template: Uint8Array;
}

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
 * Extracts the template from the bytes of a PNG or PGM.
 *
 * @param path named in every error
 * @param dpi pixels per inch
 * @throws ServiceError INVALID_MESSAGE for bytes that are not an image, NO_FINGERPRINT_DETECTED, TEMPLATE_EXTRACTION_FAILED
 */
export async function extractImage(path: string, bytes: Uint8Array, dpi: number): Promise<ExtractedImage> {
	const { extractTemplate, readImage } = await loadInThreadEngine();
	const image = withFileName(path, () => readImage(bytes, dpi));
	const { template, ...extraction } = withFileName(path, () => extractTemplate(image));
	if (!extraction.hasFingerprint) {
		throw new ServiceError('NO_FINGERPRINT_DETECTED', {
			message: `${path} shows no fingerprint: use an image of one finger`,
		});
	}
	if (template === undefined) {
		const message = `${path} shows only ${extraction.minutiae.length} minutiae, too few for a template (${extraction.hints.join(', ') || 'reason unknown'}): use a better image`;
		throw new ServiceError('TEMPLATE_EXTRACTION_FAILED', { message });
	}
	return { ...extraction, image, template };
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
