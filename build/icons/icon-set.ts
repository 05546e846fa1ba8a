import { ICNS_SIZES } from './icon-containers.ts';

/** What becomes of the drawings in this folder: one file of `rendered/`. */
export interface IconFile {
	/** Its path in `rendered/`, with slashes. */
	readonly path: string;
	/** What it holds: one picture for a PNG, one or more for an ICO or ICNS. */
	readonly pictures: readonly IconPicture[];
}

export interface IconPicture {
	/** Name of an SVG in this folder. */
	readonly drawing: string;
	/** Edge of the picture in pixels. */
	readonly size: number;
	/** How much of the edge the drawing takes, 0..1; the rest stays clear on all sides. */
	readonly share: number;
}

/** States that the tray icon shows. */
export const TRAY_STATES = ['running', 'stopped', 'scanning', 'failed'] as const;

/** Up to this many pixels the app icon is drawn with three ridges instead of seven. */
const SMALL_PX = 40;

/** Apple's grid leaves a tenth of the edge clear; app.svg itself leaves a thirty-second. */
const MAC_SHARE = 824 / 960;

/** What Linux desktops look for in the icon theme. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/** What Windows shows at 100 to 250 % zoom in lists, title bars and the task bar, and 256 on the desktop. */
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];

/** Sizes of a tray icon by the suffix at which Electron looks for them, in a folder for each `process.platform`. */
const TRAY_SIZES = {
	win32: { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32, '@3x': 48 },
	linux: { '': 24, '@2x': 48 },
	darwin: { '': 16, '@2x': 32 },
} as const;

/** Every file of `rendered/` but the manifest. */
export const ICON_SET: readonly IconFile[] = [
	{ path: 'app.ico', pictures: WINDOWS_SIZES.map((size) => appIcon(size)) },
	{ path: 'app.icns', pictures: ICNS_SIZES.map((size) => appIcon(size, MAC_SHARE)) },
	...LINUX_SIZES.map((size) => ({ path: `linux/${size}x${size}.png`, pictures: [appIcon(size)] })),
	...TRAY_STATES.flatMap((state) => [
		...trayIcons('win32', state, `tray-${state}.svg`),
		...trayIcons('linux', state, `tray-${state}.svg`),
		// By this name macOS knows that it may choose the colour.
		...trayIcons('darwin', `${state}Template`, `tray-${state}-template.svg`),
	]),
];

function appIcon(size: number, share = 1): IconPicture {
	return { drawing: size <= SMALL_PX ? 'app-small.svg' : 'app.svg', size, share };
}

function trayIcons(platform: keyof typeof TRAY_SIZES, name: string, drawing: string): IconFile[] {
	return Object.entries(TRAY_SIZES[platform]).map(([suffix, size]) => ({
		path: `tray/${platform}/${name}${suffix}.png`,
		pictures: [{ drawing, size, share: 1 }],
	}));
}
