import type { GreyImage } from '../../../biometrics/worker-engine.ts';

type Waiter = { reject(reason: unknown): void } & (
	| { readonly wants: 'touch'; resolve(picture: GreyImage): void }
	| { readonly wants: 'lift'; resolve(): void }
);

/**
 * What rests on the sensor, and the one caller who waits for a change. A finger rests until lifted.
 *
 * ```
 *           putDown                             state      nextTouch  waitForLift
 *   empty -----------> touched                  empty      waits      resolves
 *         <-----------   | ^                    touched    resolves   waits
 *            lift        +-+ putDown: another picture
 * ```
 */
export class FingerPresence {
	private picture: GreyImage | undefined;
	private waiter: Waiter | undefined;

	get isTouched(): boolean {
		return this.picture !== undefined;
	}

	get isAwaited(): boolean {
		return this.waiter !== undefined;
	}

	async nextTouch(): Promise<GreyImage> {
		if (this.picture) return this.picture;
		return new Promise((resolve, reject) => {
			this.waiter = { wants: 'touch', resolve, reject };
		});
	}

	async waitForLift(): Promise<void> {
		if (!this.picture) return;
		await new Promise<void>((resolve, reject) => {
			this.waiter = { wants: 'lift', resolve, reject };
		});
	}

	putDown(picture: GreyImage): void {
		this.picture = picture;
		const { waiter } = this;
		if (waiter?.wants !== 'touch') return;
		this.waiter = undefined;
		waiter.resolve(picture);
	}

	lift(): void {
		this.picture = undefined;
		const { waiter } = this;
		if (waiter?.wants !== 'lift') return;
		this.waiter = undefined;
		waiter.resolve();
	}

	/** Whoever waits gets `reason`; what rests on the sensor stays. */
	interrupt(reason: unknown): void {
		const { waiter } = this;
		this.waiter = undefined;
		waiter?.reject(reason);
	}
}
