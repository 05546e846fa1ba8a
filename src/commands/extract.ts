import type { GreyImage, Minutia } from '../biometrics/worker-engine.ts';
import { writeDataFile } from '../config/data-folder.ts';
import { extractPicture, readBytes } from './fingerprint-file.ts';

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
 * @throws ServiceError RECORD_NOT_FOUND for a file that cannot be read, else as `extractPicture`
 */
export async function extract(path: string, { dpi, out, json }: ExtractOptions): Promise<void> {
	const { image, quality, hints, minutiae, template } = await extractPicture(path, await readBytes(path), dpi);
	const { width, height } = image;
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
