import type { GreyImage, Minutia } from '../biometrics/worker-engine.ts';
import { writeDataFile } from '../config/data-folder.ts';
import { extractImage, readBytes } from './image-file.ts';

export interface ExtractOptions {
	/** Pixels per inch; default the resolution that the file declares, or else 500. */
	readonly dpi?: number;
	/** Path for the ISO record. */
	readonly out?: string;
	readonly json?: boolean;
}

/**
 * Extracts a template from an image file and prints it.
 *
 * @throws ServiceError RECORD_NOT_FOUND for a file that cannot be read, otherwise as `extractImage`
 */
export async function extract(path: string, { dpi, out, json }: ExtractOptions): Promise<void> {
	const { image, quality, hints, minutiae, template } = await extractImage(path, await readBytes(path), dpi);
	const { width, height } = image;
	if (out !== undefined) await writeDataFile(out, Buffer.from(template), { mode: 0o600 });
	const base64 = Buffer.from(template).toString('base64');
	const facts = {
		format: 'iso-19794-2:2005',
		width,
		height,
		dpi: image.dpi,
		quality,
		hints,
		minutiae: minutiae.map(toPrintedMinutia),
		template: base64,
	};
	process.stdout.write(
		json ? `${JSON.stringify(facts)}\n` : summary(image, { quality, hints, count: minutiae.length }),
	);
	if (!json && out === undefined) process.stdout.write(`${base64}\n`);
}

/** Converts the direction to degrees, counter-clockwise from the right. */
function toPrintedMinutia({ angle, ...minutia }: Minutia) {
	return { ...minutia, angleDegrees: Math.round((angle * 1_800) / Math.PI) / 10 };
}

function summary(
	{ width, height, dpi }: GreyImage,
	{ quality, hints, count }: { quality: number; hints: readonly string[]; count: number },
): string {
	const reasons = hints.length > 0 ? ` (${hints.join(', ')})` : '';
	return `${count} minutiae, quality ${quality}${reasons}, ${width} x ${height} at ${dpi} dpi\n`;
}
