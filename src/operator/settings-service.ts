import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import { coversOrigin, normaliseOriginPattern } from '../config/origin.ts';
import type { SettingEffect } from '../config/setting.ts';
import { readSettingValues, type SettingWithValue, writeSettings } from '../config/settings-editor.ts';
import { settingsPath } from '../config/settings-file.ts';
import type { SettingsSources } from '../config/settings-sources.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { SerialQueue } from '../time/serial-queue.ts';
import type { OriginDecision, SettingsState, SettingValue, SettingView } from './contract.ts';
import { toProblem } from './views.ts';

export interface SettingsServiceOptions {
	readonly sources: SettingsSources;
	/** Receives every decision immediately. */
	readonly origins: OriginDecisions;
	readonly isDesktop: boolean;
}

/** Reads and changes the settings for the operator. */
export class SettingsService extends EventEmitter<{ changed: [] }> {
	private readonly options: SettingsServiceOptions;
	private values: readonly SettingWithValue[] = [];
	private problem: ServiceError | undefined;
	private applied: ReadonlyMap<string, unknown> | undefined;
	private readonly changes = new SerialQueue();

	constructor(options: SettingsServiceOptions) {
		super();
		this.options = options;
	}

	get sources(): SettingsSources {
		return this.options.sources;
	}

	/** Reads the settings again, for example after the file was edited. An error is shown in the view. */
	async refresh(): Promise<void> {
		try {
			this.values = await readSettingValues(this.options.sources);
			this.problem = undefined;
			this.options.origins.apply({
				allowed: this.listOf('server.allowedOrigins'),
				blocked: this.listOf('server.blockedOrigins'),
			});
		} catch (thrown) {
			this.problem = toServiceError(thrown);
			this.values = [];
		}
		this.emit('changed');
	}

	/** Records that a run has started with the current values. Settings that wait for a program start keep their earlier value. */
	noteApplied(): void {
		const before = this.applied;
		const appliedValue = (setting: SettingWithValue) =>
			before !== undefined && this.effectOf(setting) === 'program-start' ? before.get(setting.field) : setting.value;
		this.applied = new Map(this.values.map((setting) => [setting.field, appliedValue(setting)]));
		this.emit('changed');
	}

	view(): SettingsState {
		const { values, problem } = this;
		return {
			file: settingsPath(this.options.sources.dataDir),
			settings: values.map((it) => this.toView(it)),
			pending: values.filter((it) => this.isPending(it)).map(({ field }) => field),
			...(problem !== undefined && { problem: toProblem(problem) }),
		};
	}

	/**
	 * Changes settings in the file; null restores the default.
	 *
	 * @param expected the values that the operator has seen, by field
	 * @throws ServiceError CONFIGURATION_ERROR with `details.fields`; nothing is changed in that case
	 */
	write(
		values: Readonly<Record<string, SettingValue | null>>,
		expected: Readonly<Record<string, SettingValue>> = {},
	): Promise<void> {
		return this.changes.run(async () => {
			await this.refresh();
			this.assertAsExpected(expected);
			await writeSettings({ ...this.options.sources, values });
			await this.refresh();
		});
	}

	/**
	 * Saves a decision about an origin or a wildcard; undefined removes it.
	 *
	 * @throws ServiceError as `write` does; INVALID_MESSAGE if a blocked wildcard covers an origin that is to be allowed
	 */
	decide(origin: string, decision: OriginDecision | undefined): Promise<void> {
		return this.changes.run(async () => {
			const { origins } = this.options;
			// Origins that were added to the file by hand must not be lost.
			await this.refresh();
			if (this.problem !== undefined) throw this.problem;
			const normalised = normaliseOriginPattern(origin) ?? origin;
			const without = (listed: readonly string[]) =>
				listed.filter((entry) => normaliseOriginPattern(entry) !== normalised);
			if (decision === 'allow') assertNoWildcardBlocks(normalised, without(origins.blocked));
			const values = {
				'server.allowedOrigins': [...without(origins.allowed), ...(decision === 'allow' ? [normalised] : [])],
				'server.blockedOrigins': [...without(origins.blocked), ...(decision === 'block' ? [normalised] : [])],
			};
			await writeSettings({ ...this.options.sources, values: this.onlyChanged(values) });
			await this.refresh();
		});
	}

	/** Refuses to overwrite a change that the operator has not seen. */
	private assertAsExpected(expected: Readonly<Record<string, SettingValue>>): void {
		const [first, ...others] = this.values
			.filter(({ field, value }) => Object.hasOwn(expected, field) && !isDeepStrictEqual(value, expected[field]))
			.map(({ field }) => field);
		if (first === undefined) return;
		const reason = 'it was changed elsewhere; check the new value, then save again';
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `${first} was not changed: ${reason}`,
			details: {
				field: first,
				fields: Object.fromEntries([first, ...others].map((field) => [field, reason])),
				reason: 'changed',
			},
		});
	}

	/** Omits unchanged lists: one of them may come from the environment, and writing it would be refused. */
	private onlyChanged(values: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
		const isChanged = ([field, list]: [string, readonly string[]]) => !isDeepStrictEqual(list, this.listOf(field));
		return Object.fromEntries(Object.entries(values).filter(isChanged));
	}

	private listOf(field: string): readonly string[] {
		const found = this.values.find((it) => it.field === field);
		if (found?.kind === 'list') return found.value;
		throw new ServiceError('INTERNAL_ERROR', { message: `${field} is not a list` });
	}

	private isPending({ field, value, effect }: SettingWithValue): boolean {
		if (this.applied === undefined || effect === 'immediately') return false;
		return !isDeepStrictEqual(this.applied.get(field), value);
	}

	/** Returns when a change takes effect: in the desktop app the listener restarts with the service. */
	private effectOf({ effect }: SettingWithValue): SettingEffect {
		return this.options.isDesktop && effect === 'program-start' ? 'service-start' : effect;
	}

	private toView(setting: SettingWithValue): SettingView {
		const { schema: _schema, section: _section, name: _name, ...view } = setting;
		return { ...view, effect: this.effectOf(setting) };
	}
}

function assertNoWildcardBlocks(origin: string, blocked: readonly string[]): void {
	const wildcard = blocked.find((entry) => coversOrigin(normaliseOriginPattern(entry) ?? '', origin));
	if (wildcard === undefined) return;
	throw new ServiceError('INVALID_MESSAGE', {
		message: `${origin} stays blocked by ${wildcard}: forget the decision about ${wildcard} first`,
		details: { field: 'decision' },
	});
}
