import type { GreyImage } from '../../../biometrics/worker-engine.ts';

type Waiter = { reject(reason: unknown): void } & (
	| { readonly awaits: 'touch'; resolve(image: GreyImage): void }
	| { readonly awaits: 'lift'; resolve(): void }
);

/**
 * The finger on the reader, and the one caller that waits for a touch or a lift.
 *
 * ```
 *            place                              state      nextTouch  waitForLift
 *   empty -----------> touched                  empty      waits      resolves
 *         <-----------   | ^                    touched    resolves   waits
 *            lift        +-+ place: another image
 * ```
 */
export class FingerPresence {
	private image: GreyImage | undefined;
	private waiter: Waiter | undefined;

	get isTouched(): boolean {
		return this.image !== undefined;
	}

	async nextTouch(): Promise<GreyImage> {
		if (this.image) return this.image;
		return new Promise((resolve, reject) => {
			this.waiter = { awaits: 'touch', resolve, reject };
		});
	}

	async waitForLift(): Promise<void> {
		if (!this.image) return;
		await new Promise<void>((resolve, reject) => {
			this.waiter = { awaits: 'lift', resolve, reject };
		});
	}

	place(image: GreyImage): void {
		this.image = image;
		const { waiter } = this;
		if (waiter?.awaits !== 'touch') return;
		this.waiter = undefined;
		waiter.resolve(image);
	}

	lift(): void {
		this.image = undefined;
		const { waiter } = this;
		if (waiter?.awaits !== 'lift') return;
		this.waiter = undefined;
		waiter.resolve();
	}

	/** Rejects the waiting call with `reason`; the finger stays on the reader. */
	interrupt(reason: unknown): void {
		const { waiter } = this;
		this.waiter = undefined;
		waiter?.reject(reason);
	}
}
