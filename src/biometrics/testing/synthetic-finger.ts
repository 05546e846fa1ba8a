import type { IsoRecord } from '../records/iso-record.ts';
import type { Minutia } from '../records/minutia.ts';

/** What happens to a finger between the one touch and the other. */
export interface TouchVariation {
	/** Radians counter-clockwise about the middle of the image. */
	readonly rotation?: number;
	/** Pixels to the right and down, of the image at 500 dpi. */
	readonly shiftX?: number;
	readonly shiftY?: number;
	/** Each coordinate moves by up to this many pixels, each direction by up to a fiftieth as many radians. */
	readonly jitter?: number;
	/** Share of the minutiae that are not found, 0..1. */
	readonly missing?: number;
	/** Minutiae found that are none. */
	readonly spurious?: number;
	/** Of the second reader; 500 if not given. */
	readonly dpi?: number;
}

const SIDE = 400;
const FINGER_RADIUS = 150;
const MINIMUM_DISTANCE = 12;

/** Fingers for tests: minutiae at random places and directions in a disc, the same for the same seed. */
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

	/** One more touch; minutiae that the changes push off the image are lost. */
	touch({ missing = 0, spurious = 0, dpi = 500, ...changes }: TouchVariation = {}): IsoRecord {
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
		// y points down in a record, and rotation is counter-clockwise as seen.
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

/** Numbers 0 <= n < 1 that repeat for the same seed: a linear congruential generator, its seed spread over all bits first. */
function seededRandom(seed: number): () => number {
	let state = Math.imul(seed + 1, 0x9e3779b1);
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
