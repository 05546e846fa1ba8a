import type { SettingsState } from '../../src/operator/contract.ts';

/** The number of changed settings that wait for a restart of the service or of the program. */
export interface PendingRestarts {
	readonly forService: number;
	readonly forProgram: number;
}

/** Counts the changed settings that have not taken effect yet. */
export function pendingRestarts({ settings, pending }: Pick<SettingsState, 'settings' | 'pending'>): PendingRestarts {
	const isForProgram = (field: string) => settings.find((it) => it.field === field)?.effect === 'program-start';
	const forProgram = pending.filter(isForProgram).length;
	return { forService: pending.length - forProgram, forProgram };
}
