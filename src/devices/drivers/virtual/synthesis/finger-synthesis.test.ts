import { afterEach, describe, expect, it } from 'vitest';
import type { Touch } from '../touch.ts';
import { FingerprintArtist } from './finger-synthesis.ts';
import { drawImpression } from './impression.ts';

const TOUCH: Touch = { person: 1, finger: 2, condition: 'good', seed: 1 };

describe('FingerprintArtist', () => {
	const artist = new FingerprintArtist();
	afterEach(() => artist.close());

	it('draws in its thread the pixels that the same touch gives here', async () => {
		expect(await artist.draw(TOUCH)).toEqual(drawImpression(TOUCH));
	});

	it('draws no more once closed, however often', async () => {
		await artist.close();
		await artist.close();
		await expect(artist.draw(TOUCH)).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
	});

	it('ends a drawing under way when closed', async () => {
		const busy = new FingerprintArtist();
		await busy.draw(TOUCH);
		const drawing = expect(busy.draw({ ...TOUCH, person: 2 })).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
		await busy.close();
		await drawing;
	});
});
