import type { GreyImage } from '../../src/biometrics/images/grey-image.ts';
import { FingerprintArtist } from '../../src/devices/drivers/virtual/synthesis/finger-synthesis.ts';

/** Four touches of one finger, one of another: a virtual machine would draw them for half a minute. */
const TOUCHES = [
	{ name: 'index-1', finger: 2, seed: 1 },
	{ name: 'index-2', finger: 2, seed: 2 },
	{ name: 'index-3', finger: 2, seed: 3 },
	{ name: 'index-4', finger: 2, seed: 4 },
	{ name: 'thumb-1', finger: 1, seed: 5 },
] as const;

/** The virtual fingerprints that touch the sensor, as PGM files by their names. */
export async function drawPictures(): Promise<ReadonlyMap<string, Uint8Array>> {
	const artist = new FingerprintArtist();
	try {
		const pictures = new Map<string, Uint8Array>();
		for (const { name, finger, seed } of TOUCHES) {
			pictures.set(`${name}.pgm`, toPgm(await artist.draw({ person: 1, finger, condition: 'good', seed })));
		}
		return pictures;
	} finally {
		await artist.close();
	}
}

function toPgm({ width, height, data }: GreyImage): Uint8Array {
	return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}
