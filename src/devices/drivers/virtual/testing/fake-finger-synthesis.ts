import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { FingerSynthesis } from '../synthesis/finger-synthesis.ts';
import type { TouchParameters } from '../touch.ts';

/** A synthesis whose n-th image is one pixel of grey level n. It resolves immediately, or after `hold` on `release`. */
export class FakeFingerSynthesis implements FingerSynthesis {
	/** The touches of all calls. */
	readonly touches: TouchParameters[] = [];
	/** If set, every call rejects with this error. */
	failure: Error | undefined;
	private held: Promise<void> | undefined;
	private releaseHeld = () => {};

	async synthesise(touch: TouchParameters): Promise<GreyImage> {
		const number = this.touches.push(touch);
		await this.held;
		if (this.failure) throw this.failure;
		return { width: 1, height: 1, dpi: 500, data: Uint8Array.of(number) };
	}

	/** Makes calls wait from now on. */
	hold(): void {
		this.held = new Promise((resolve) => {
			this.releaseHeld = resolve;
		});
	}

	/** Lets the waiting calls resolve, and later calls immediately. */
	release(): void {
		this.held = undefined;
		this.releaseHeld();
	}
}
