import { readFile } from 'node:fs/promises';
import { type Extraction, type GreyImage, loadInThreadEngine } from '../biometrics/worker-engine.ts';
import { reasonOf } from '../config/system-error.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';

/** What a picture that shows a finger gives. */
export interface ExtractedPicture extends Extraction {
	readonly image: GreyImage;
	readonly template: Uint8Array;
}

/** The bytes of a file. @throws ServiceError RECORD_NOT_FOUND naming the file and why it cannot be read */
export async function readBytes(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (cause) {
		const message = `${path} cannot be read: ${reasonOf(cause)}`;
		throw new ServiceError('RECORD_NOT_FOUND', { message, cause });
	}
}

/**
 * Read the minutiae off the bytes of a PNG or PGM.
 *
 * @param path for the errors, which all name it
 * @param dpi pixels per inch
 * @throws ServiceError INVALID_MESSAGE for what is no picture, NO_FINGERPRINT_DETECTED, TEMPLATE_EXTRACTION_FAILED
 */
export async function extractPicture(path: string, bytes: Uint8Array, dpi: number): Promise<ExtractedPicture> {
	const { extractTemplate, readImage } = await loadInThreadEngine();
	const image = naming(path, () => readImage(bytes, dpi));
	const { template, ...extraction } = naming(path, () => extractTemplate(image));
	if (!extraction.hasFingerprint) {
		throw new ServiceError('NO_FINGERPRINT_DETECTED', { message: `${path} shows no fingerprint` });
	}
	if (template === undefined) {
		const message = `${path} shows only ${extraction.minutiae.length} minutiae, too few for a template (${extraction.hints.join(', ') || 'no hint why'})`;
		throw new ServiceError('TEMPLATE_EXTRACTION_FAILED', { message });
	}
	return { ...extraction, image, template };
}

/** Do something with what a file holds; an error names the file. */
export function naming<T>(path: string, act: () => T): T {
	try {
		return act();
	} catch (cause) {
		const { error, message } = toServiceError(cause);
		throw new ServiceError(error, { message: `${path}: ${message}`, cause });
	}
}
