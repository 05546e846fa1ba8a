import type { SettingGroup, SettingView } from '../../src/operator/contract.ts';

/**
 * Groups the settings, in the order of the service.
 *
 * @param isDesktop whether the service runs in the desktop app; otherwise the settings of the app are omitted
 */
export function groupSettings(
	settings: readonly SettingView[],
	isDesktop: boolean,
): readonly [group: SettingGroup, settings: readonly SettingView[]][] {
	const shown = settings.filter(({ group }) => isDesktop || group !== 'desktop');
	return [...Map.groupBy(shown, ({ group }) => group)];
}
