import type { FingerView } from '../records/finger-view.ts';
import type { Minutia } from '../records/minutia.ts';

/** How a touch differs from the finger. */
export interface TouchVariation {
	/** Radians counter-clockwise about the centre of the image. */
	readonly rotation?: number;
	/** Pixels at 500 dpi, to the right. */
	readonly shiftX?: number;
	/** Pixels at 500 dpi, down. */
	readonly shiftY?: number;
	/** Each coordinate changes by up to this many pixels, each direction by up to 1/50 of it in radians. */
	readonly jitter?: number;
	/** Share of the minutiae that are not found, 0..1. */
	readonly missing?: number;
	/** Number of false minutiae. */
	readonly spurious?: number;
	/** Resolution of the reader; default 500. */
	readonly dpi?: number;
}

const SIDE = 400;
const FINGER_RADIUS = 150;
const MINIMUM_DISTANCE = 12;

/** A finger with minutiae at random positions and directions in a disc, the same for the same seed. */
export class SyntheticFinger {
	private readonly random: () => number;
	private readonly minutiae: readonly Minutia[];

	constructor(seed: number, count = 45) {
		this.random = seededRandom(seed);
		const minutiae: Minutia[] = [];
		while (minutiae.length < count) {
			const minutia = this.randomMinutia();
			if (minutiae.every((other) => Math.hypot(other.x - minutia.x, other.y - minutia.y) > MINIMUM_DISTANCE)) {
				minutiae.push(minutia);
			}
		}
		this.minutiae = minutiae;
	}

	/** Returns the record of a touch; minutiae that the variation moves out of the image are lost. */
	touch({ missing = 0, spurious = 0, dpi = 500, ...changes }: TouchVariation = {}): FingerView {
		const found = this.minutiae.filter(() => this.random() >= missing);
		const invented = Array.from({ length: spurious }, () => this.randomMinutia());
		const scale = dpi / 500;
		const side = Math.ceil(SIDE * scale);
		const minutiae = [...found, ...invented]
			.map((minutia) => this.vary(minutia, changes))
			.map((minutia) => ({ ...minutia, x: minutia.x * scale, y: minutia.y * scale }))
			.filter(({ x, y }) => x >= 0 && x < side && y >= 0 && y < side);
		return { width: side, height: side, dpi, quality: 80, minutiae };
	}

	private randomMinutia(): Minutia {
		const radius = FINGER_RADIUS * Math.sqrt(this.random());
		const bearing = this.random() * 2 * Math.PI;
		return {
			kind: this.random() < 0.5 ? 'ridge-ending' : 'bifurcation',
			x: SIDE / 2 + radius * Math.cos(bearing),
			y: SIDE / 2 + radius * Math.sin(bearing),
			angle: this.random() * 2 * Math.PI,
			quality: 1 + Math.floor(this.random() * 100),
		};
	}

	private vary(minutia: Minutia, { rotation = 0, shiftX = 0, shiftY = 0, jitter = 0 }: TouchVariation): Minutia {
		const dx = minutia.x - SIDE / 2;
		// In a record, y points down, but the rotation is counter-clockwise as seen.
		const dy = SIDE / 2 - minutia.y;
		const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
		const noise = () => jitter * (2 * this.random() - 1);
		const turn = 2 * Math.PI;
		return {
			...minutia,
			x: SIDE / 2 + dx * cos - dy * sin + shiftX + noise(),
			y: SIDE / 2 - (dx * sin + dy * cos) + shiftY + noise(),
			angle: (((minutia.angle + rotation + noise() / 50) % turn) + turn) % turn,
		};
	}
}

/** Returns a generator of numbers 0 <= n < 1, the same for the same seed: linear congruential, after spreading the seed over all bits. */
function seededRandom(seed: number): () => number {
	let state = Math.imul(seed + 1, 0x9e3779b1);
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
