import { existsSync } from 'node:fs';
import type { NativeImage } from 'electron';

/** A picture, known by its file alone. */
export class StandInImage implements Pick<NativeImage, 'isEmpty'> {
	/** Empty if there is no such file. */
	readonly path: string;

	private constructor(path: string) {
		this.path = path;
	}

	static createFromPath(path: string): StandInImage {
		return new StandInImage(existsSync(path) ? path : '');
	}

	isEmpty(): boolean {
		return this.path === '';
	}
}

export const nativeImage = StandInImage;
