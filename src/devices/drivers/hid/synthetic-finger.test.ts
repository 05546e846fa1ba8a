import { describe, expect, it } from 'vitest';
import { loadInThreadEngine } from '../../../biometrics/worker-engine.ts';
import { synthesiseImpression } from '../virtual/synthesis/impression.ts';
import { SimulatedReader } from './testing/simulated-reader.ts';

const { extractTemplate, verifyTemplate } = await loadInThreadEngine();

/** Scans a synthetic finger with a simulated module of 256 x 288 pixels of 4 bits. */
async function scan(person: number, seed: number) {
	const simulated = new SimulatedReader();
	await simulated.waitFor(simulated.reader.open());
	simulated.module.placeFinger(synthesiseImpression({ person, finger: 2, condition: 'good', seed }));
	return extractTemplate(await simulated.waitFor(simulated.reader.nextTouch(new AbortController().signal)));
}

describe('a synthetic finger on a simulated EF01 module', () => {
	it('produces templates that match those of the same finger only', async () => {
		const [first, second, impostor] = [await scan(1, 1), await scan(1, 2), await scan(2, 1)];
		expect(first.quality).toBeGreaterThanOrEqual(50);
		if (!first.template || !second.template || !impostor.template) throw new Error('no template');
		expect(verifyTemplate(first.template, [second.template])).toMatchObject({ isMatch: true });
		expect(verifyTemplate(first.template, [impostor.template])).toMatchObject({ isMatch: false });
	});
});
