import type { SettingValue } from '../../src/operator/contract.ts';
import type { OperatorStore } from './operator-store.ts';

/** Returns the value of a setting; undefined before the settings arrive, or if the service has no such setting. */
export function settingValue(store: OperatorStore, field: string): SettingValue | undefined {
	return store.topics.settings.value?.settings.find((setting) => setting.field === field)?.value;
}
