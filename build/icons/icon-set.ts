import { ICNS_SIZES } from './icon-containers.ts';

/** A file in `rendered/`, with the images it contains. */
export interface IconFile {
	/** The path relative to `rendered/`, with slashes. */
	readonly path: string;
	/** One image for a PNG, one or more for an ICO or ICNS. */
	readonly images: readonly IconImage[];
}

export interface IconImage {
	/** The name of an SVG file in this folder. */
	readonly source: string;
	/** Width and height of the image in pixels. */
	readonly size: number;
	/** The part of width and height that the SVG fills, 0 to 1; the margin around it is transparent. */
	readonly share: number;
}

/** The states of the tray icon. */
export const TRAY_STATES = ['running', 'stopped', 'scanning', 'failed'] as const;

/** Up to this size in pixels, the app icon uses the SVG with three ridges instead of seven. */
const SMALL_PX = 40;

/** Apple's icon grid has a margin of about a tenth of the width; app.svg itself has one of 1/32. */
const MAC_SHARE = 824 / 960;

/** The sizes that Linux desktops look up in the icon theme. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/** The sizes that Windows shows in lists, title bars and the task bar at 100 to 250 % zoom, and 256 for the desktop. */
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];

/** The sizes of a tray icon per `process.platform`, by the suffix of the file name that Electron looks up. */
const TRAY_SIZES = {
	win32: { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32, '@3x': 48 },
	linux: { '': 24, '@2x': 48 },
	darwin: { '': 16, '@2x': 32 },
} as const;

/** Every file in `rendered/` except the manifest. */
export const ICON_SET: readonly IconFile[] = [
	{ path: 'app.ico', images: WINDOWS_SIZES.map((size) => appIcon(size)) },
	{ path: 'app.icns', images: ICNS_SIZES.map((size) => appIcon(size, MAC_SHARE)) },
	...LINUX_SIZES.map((size) => ({ path: `linux/${size}x${size}.png`, images: [appIcon(size)] })),
	...TRAY_STATES.flatMap((state) => [
		...trayIcons('win32', state, `tray-${state}.svg`),
		...trayIcons('linux', state, `tray-${state}.svg`),
		// The suffix `Template` makes macOS choose the colour.
		...trayIcons('darwin', `${state}Template`, `tray-${state}-template.svg`),
	]),
];

function appIcon(size: number, share = 1): IconImage {
	return { source: size <= SMALL_PX ? 'app-small.svg' : 'app.svg', size, share };
}

function trayIcons(platform: keyof typeof TRAY_SIZES, name: string, source: string): IconFile[] {
	return Object.entries(TRAY_SIZES[platform]).map(([suffix, size]) => ({
		path: `tray/${platform}/${name}${suffix}.png`,
		images: [{ source, size, share: 1 }],
	}));
}
