import { describe, expect, it } from 'vitest';
import { extractTemplate } from '../../../biometrics/extraction/extract-template.ts';
import { verify } from '../../../biometrics/matching/verify.ts';
import { drawImpression } from '../virtual/synthesis/impression.ts';
import { SimulatedReader } from './testing/simulated-reader.ts';

/** Scan a drawn finger with a simulated module of 256 x 288 pixels of 4 bits. */
async function scan(person: number, seed: number) {
	const rig = new SimulatedReader();
	await rig.until(rig.reader.open());
	rig.module.putDown(drawImpression({ person, finger: 2, condition: 'good', seed }));
	return extractTemplate(await rig.until(rig.reader.nextTouch(new AbortController().signal)));
}

describe('a drawn finger on a simulated EF01 module', () => {
	it('gives templates that match those of the same finger, and of no other', async () => {
		const [first, second, stranger] = [await scan(1, 1), await scan(1, 2), await scan(2, 1)];
		expect(first.quality).toBeGreaterThanOrEqual(50);
		if (!first.template || !second.template || !stranger.template) throw new Error('no template');
		expect(verify(first.template, [second.template])).toMatchObject({ isMatch: true });
		expect(verify(first.template, [stranger.template])).toMatchObject({ isMatch: false });
	});
});
