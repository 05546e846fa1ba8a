import { EventEmitter } from 'node:events';
import type { Tray } from 'electron';
import { fakeApp } from './app.ts';
import type { TrayState } from './control-contract.ts';
import type { FakeMenu } from './menu.ts';
import { FakeNativeImage } from './native-image.ts';

/** A tray icon that only tests can see. */
export class FakeTray extends EventEmitter<{ click: [] }> implements Pick<Tray, 'setToolTip'> {
	/** The latest instance. */
	static current: FakeTray | undefined;
	menu: FakeMenu | null = null;
	private image: FakeNativeImage;
	private toolTip = '';

	/** @throws Error if the test simulates a system without a tray */
	constructor(image: FakeNativeImage | string) {
		super();
		fakeApp.requireReady('Tray');
		if (process.env.FAKE_ELECTRON_NO_TRAY === '1') throw new Error('The system has no tray');
		this.image = imageOf(image);
		FakeTray.current = this;
	}

	setImage(image: FakeNativeImage | string): void {
		this.image = imageOf(image);
	}

	setToolTip(toolTip: string): void {
		this.toolTip = toolTip;
	}

	setContextMenu(menu: FakeMenu | null): void {
		this.menu = menu;
	}

	get state(): TrayState {
		return { image: this.image.path, toolTip: this.toolTip, menu: this.menu?.state ?? [] };
	}
}

function imageOf(image: FakeNativeImage | string): FakeNativeImage {
	return typeof image === 'string' ? FakeNativeImage.createFromPath(image) : image;
}
