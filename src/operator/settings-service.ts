import { EventEmitter } from 'node:events';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import { isOriginListed } from '../access/origins.ts';
import { tryParseOrigin } from '../config/origin.ts';
import { readSettingValues, type ValuedSetting, writeSettings } from '../config/settings-editor.ts';
import { settingsPath } from '../config/settings-file.ts';
import type { SettingsSources } from '../config/settings-sources.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import type { OriginDecision, SettingsState, SettingValue, SettingView } from './contract.ts';
import { toProblem } from './views.ts';

/** Settings that take effect the moment they are written. */
const IMMEDIATE = /^(window|desktop)\.|^server\.(allowed|blocked)Origins$/;

export interface SettingsServiceOptions {
	readonly sources: SettingsSources;
	/** Told of every decision at once. */
	readonly origins: OriginDecisions;
}

/** Where the operator reads and changes the settings. */
export class SettingsService extends EventEmitter<{ changed: [] }> {
	private readonly options: SettingsServiceOptions;
	private values: readonly ValuedSetting[] = [];
	private problem: ServiceError | undefined;
	private applied: ReadonlyMap<string, unknown> | undefined;
	private changes: Promise<unknown> = Promise.resolve();

	constructor(options: SettingsServiceOptions) {
		super();
		this.options = options;
	}

	get sources(): SettingsSources {
		return this.options.sources;
	}

	/** Read them anew, as after a change by hand. What is wrong with them shows in the view. */
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

	/** A run began with the values of now, but for those whose field is in `kept`: they stay as they were for the run before. */
	noteApplied(kept: readonly string[] = []): void {
		const before = this.applied;
		this.applied = new Map(
			this.values.map(({ field, value }) => [
				field,
				before !== undefined && kept.includes(field) ? before.get(field) : value,
			]),
		);
		this.emit('changed');
	}

	view(): SettingsState {
		const { values, problem } = this;
		return {
			file: settingsPath(this.options.sources.dataDir),
			settings: values.map(toSettingView),
			pending: values.filter((it) => this.isPending(it)).map(({ field }) => field),
			...(problem !== undefined && { problem: toProblem(problem) }),
		};
	}

	/**
	 * Change settings in the file; null = back to the default.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR with `details.fields`; nothing is changed then
	 */
	write(values: Readonly<Record<string, SettingValue | null>>): Promise<void> {
		return this.inTurn(async () => {
			await writeSettings({ ...this.options.sources, values });
			await this.refresh();
		});
	}

	/** Remember what the operator thinks of an origin; undefined = nothing any more. @throws ServiceError as `write` does */
	decide(origin: string, decision: OriginDecision | undefined): Promise<void> {
		return this.inTurn(async () => {
			const { origins } = this.options;
			// Somebody may have added origins to the file by hand, which must not get lost.
			await this.refresh();
			if (this.problem !== undefined) throw this.problem;
			const spelled = tryParseOrigin(origin) ?? origin;
			const without = (listed: readonly string[]) => listed.filter((entry) => !isOriginListed(entry, [spelled]));
			const values = {
				'server.allowedOrigins': [...without(origins.allowed), ...(decision === 'allow' ? [spelled] : [])],
				'server.blockedOrigins': [...without(origins.blocked), ...(decision === 'block' ? [spelled] : [])],
			};
			await writeSettings({ ...this.options.sources, values: this.onlyChanged(values) });
			await this.refresh();
		});
	}

	/** Without those that stay as they are: one of them may come from the environment, which is no reason to refuse. */
	private onlyChanged(values: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
		const isChanged = ([field, list]: [string, readonly string[]]) =>
			JSON.stringify(list) !== JSON.stringify(this.listOf(field));
		return Object.fromEntries(Object.entries(values).filter(isChanged));
	}

	private listOf(field: string): readonly string[] {
		const found = this.values.find((it) => it.field === field);
		if (found?.kind === 'list') return found.value;
		throw new ServiceError('INTERNAL_ERROR', { message: `${field} is no list` });
	}

	private isPending({ field, value }: ValuedSetting): boolean {
		if (this.applied === undefined || IMMEDIATE.test(field)) return false;
		return JSON.stringify(this.applied.get(field)) !== JSON.stringify(value);
	}

	/** One change after the other: each begins with what the one before has left. */
	private inTurn(change: () => Promise<void>): Promise<void> {
		const done = this.changes.then(change);
		this.changes = done.catch(() => {});
		return done;
	}
}

function toSettingView(valued: ValuedSetting): SettingView {
	const { schema: _schema, section: _section, name: _name, variable: _variable, ...facts } = valued;
	return facts;
}
