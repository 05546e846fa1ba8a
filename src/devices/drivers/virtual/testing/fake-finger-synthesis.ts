import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { FingerSynthesis } from '../synthesis/finger-synthesis.ts';
import type { Touch } from '../touch.ts';

/** An synthesis for tests: its n-th picture is one pixel of grey level n, drawn at once, or on `finish` after `hold`. */
export class FakeFingerSynthesis implements FingerSynthesis {
	/** Every touch it was asked to draw. */
	readonly touches: Touch[] = [];
	/** Set, it makes every drawing fail with this. */
	failure: Error | undefined;
	private held: Promise<void> | undefined;
	private releaseHeld = () => {};

	async synthesise(touch: Touch): Promise<GreyImage> {
		const number = this.touches.push(touch);
		await this.held;
		if (this.failure) throw this.failure;
		return { width: 1, height: 1, dpi: 500, data: Uint8Array.of(number) };
	}

	/** Drawings wait from now on. */
	hold(): void {
		this.held = new Promise((resolve) => {
			this.releaseHeld = resolve;
		});
	}

	/** The waiting drawings get done, later ones at once. */
	release(): void {
		this.held = undefined;
		this.releaseHeld();
	}
}
