import { existsSync } from 'node:fs';
import type { NativeImage } from 'electron';

/** An image of which only the path is known. */
export class FakeNativeImage implements Pick<NativeImage, 'isEmpty'> {
	/** Empty if the file does not exist. */
	readonly path: string;

	private constructor(path: string) {
		this.path = path;
	}

	static createFromPath(path: string): FakeNativeImage {
		return new FakeNativeImage(existsSync(path) ? path : '');
	}

	isEmpty(): boolean {
		return this.path === '';
	}
}
