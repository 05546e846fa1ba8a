import { EventEmitter } from 'node:events';
import type { Tray } from 'electron';
import { app } from './app.ts';
import type { TrayState } from './control-contract.ts';
import type { StandInMenu } from './menu.ts';
import { StandInImage } from './native-image.ts';

/** An icon in a tray that only tests can see. */
export class StandInTray extends EventEmitter<{ click: [] }> implements Pick<Tray, 'setToolTip'> {
	/** The one that was made last. */
	static current: StandInTray | undefined;
	menu: StandInMenu | null = null;
	private image: StandInImage;
	private toolTip = '';

	/** @throws Error where the test wants a system without a tray */
	constructor(image: StandInImage | string) {
		super();
		app.requireReady('Tray');
		if (process.env.ELECTRON_STAND_IN_NO_TRAY === '1') throw new Error('There is no tray');
		this.image = imageOf(image);
		StandInTray.current = this;
	}

	setImage(image: StandInImage | string): void {
		this.image = imageOf(image);
	}

	setToolTip(toolTip: string): void {
		this.toolTip = toolTip;
	}

	setContextMenu(menu: StandInMenu | null): void {
		this.menu = menu;
	}

	get state(): TrayState {
		return { image: this.image.path, toolTip: this.toolTip, menu: this.menu?.state ?? [] };
	}
}

function imageOf(image: StandInImage | string): StandInImage {
	return typeof image === 'string' ? StandInImage.createFromPath(image) : image;
}
