import { transferableSymbol, valueSymbol } from 'piscina';
import { afterEach, describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { TouchParameters } from '../touch.ts';
import { WorkerSynthesis } from './finger-synthesis.ts';
import { synthesiseImpression } from './impression.ts';
import { synthesise } from './synthesis-worker.ts';

const TOUCH: TouchParameters = { person: 1, finger: 2, condition: 'good', seed: 1 };

/** What `move` of piscina returns. */
interface Movable {
	readonly [valueSymbol]: GreyImage;
	readonly [transferableSymbol]: readonly ArrayBufferLike[];
}

describe('WorkerSynthesis', () => {
	const synthesis = new WorkerSynthesis();
	afterEach(() => synthesis.close());

	it('returns the pixels that the same touch gives in this thread', async () => {
		expect(await synthesis.synthesise(TOUCH)).toEqual(synthesiseImpression(TOUCH));
	});

	it('transfers the pixels out of its thread', () => {
		const { [valueSymbol]: image, [transferableSymbol]: transferred } = synthesise(TOUCH) as unknown as Movable;
		expect(transferred).toEqual([image.data.buffer]);
	});

	it('refuses calls once closed, and can be closed twice', async () => {
		await synthesis.close();
		await synthesis.close();
		await expect(synthesis.synthesise(TOUCH)).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
	});

	it('rejects a running call when closed', async () => {
		const busy = new WorkerSynthesis();
		await busy.synthesise(TOUCH);
		const rejected = expect(busy.synthesise({ ...TOUCH, person: 2 })).rejects.toMatchObject({
			error: 'SERVICE_UNAVAILABLE',
		});
		await busy.close();
		await rejected;
	});
});
