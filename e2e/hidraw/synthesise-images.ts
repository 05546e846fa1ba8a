import type { GreyImage } from '../../src/biometrics/worker-engine.ts';
import { WorkerSynthesis } from '../../src/devices/drivers/virtual/synthesis/finger-synthesis.ts';

/** Four touches of one finger and one of another. The host synthesises them; the virtual machine would need 30 s. */
const TOUCHES = [
	{ name: 'index-1', finger: 2, seed: 1 },
	{ name: 'index-2', finger: 2, seed: 2 },
	{ name: 'index-3', finger: 2, seed: 3 },
	{ name: 'index-4', finger: 2, seed: 4 },
	{ name: 'thumb-1', finger: 1, seed: 5 },
] as const;

/** Synthesises the fingerprints for the simulated sensor. @returns PGM files by name */
export async function synthesiseImages(): Promise<ReadonlyMap<string, Uint8Array>> {
	const synthesis = new WorkerSynthesis();
	try {
		const images = new Map<string, Uint8Array>();
		for (const { name, finger, seed } of TOUCHES) {
			images.set(`${name}.pgm`, toPgm(await synthesis.synthesise({ person: 1, finger, condition: 'good', seed })));
		}
		return images;
	} finally {
		await synthesis.close();
	}
}

function toPgm({ width, height, data }: GreyImage): Uint8Array {
	return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}
