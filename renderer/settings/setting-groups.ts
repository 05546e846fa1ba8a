import type { SettingView } from '../../src/operator/contract.ts';

/** The settings of one section, in the service's order. */
export interface SettingGroup {
	/** Such as `server`. */
	readonly section: string;
	readonly settings: readonly SettingView[];
}

/** What an operator changes most stands first; what the window does not know comes last, in the service's order. */
const ORDER = ['window', 'desktop', 'server', 'scans', 'virtual', 'hid', 'zkfinger', 'log'];

/** @param isDesktop whether a desktop app is around: without one its settings are left out */
export function groupSettings(settings: readonly SettingView[], isDesktop: boolean): readonly SettingGroup[] {
	const sections = [...new Set(settings.map(sectionOf))];
	return sections
		.map((section) => ({ section, settings: settings.filter((setting) => sectionOf(setting) === section) }))
		.filter(({ section }) => isDesktop || section !== 'desktop')
		.sort((a, b) => rankOf(a.section) - rankOf(b.section));
}

function sectionOf({ field }: SettingView): string {
	return field.split('.')[0] ?? '';
}

function rankOf(section: string): number {
	const rank = ORDER.indexOf(section);
	return rank === -1 ? ORDER.length : rank;
}
