import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import { coversOrigin, normaliseOriginPattern } from '../config/origin.ts';
import type { SettingEffect } from '../config/setting.ts';
import {
	readSettingValues,
	refusalError,
	type SettingChanges,
	type SettingWithValue,
	writeSettings,
} from '../config/settings-editor.ts';
import { settingsPath } from '../config/settings-file.ts';
import type { SettingsSources } from '../config/settings-sources.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { closeListeners, openListeners } from '../server/http/loopback-listeners.ts';
import { SerialQueue } from '../time/serial-queue.ts';
import type { OriginDecision, SettingsState, SettingView } from './contract.ts';
import { toProblem } from './views.ts';

/** The settings that decide where the service listens. */
const ADDRESS_FIELDS = ['server.host', 'server.port'];

export interface SettingsServiceOptions {
	readonly sources: SettingsSources;
	/** Receives every decision immediately. */
	readonly origins: OriginDecisions;
	readonly isDesktop: boolean;
	/** Returns the port on which this service listens; `undefined` while it does not. */
	readonly ownPort: () => number | undefined;
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
	 * Changes settings in the file as `writeSettings` does. Every window receives the new values, also after a refusal because of a
	 * value that was changed in the meantime.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR with `details.fields`; nothing is changed in that case. `details.reason` = `address` if
	 *   the service cannot listen on the new host or port
	 */
	write(changes: SettingChanges): Promise<void> {
		return this.changes.run(async () => {
			await this.checkAddress(changes.values);
			try {
				await writeSettings({ ...this.options.sources, ...changes });
			} finally {
				await this.refresh();
			}
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

	/** Omits unchanged lists: one of them may come from the environment, and writing it would be refused. */
	private onlyChanged(values: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
		const isChanged = ([field, list]: [string, readonly string[]]) => !isDeepStrictEqual(list, this.listOf(field));
		return Object.fromEntries(Object.entries(values).filter(isChanged));
	}

	/** Listens on a changed host or port for a moment. The port of this service is taken, so only the host can be tried with it. */
	private async checkAddress(values: SettingChanges['values']): Promise<void> {
		const [host, port] = ADDRESS_FIELDS.map((field) => this.newValueOf(field, values));
		if (typeof host !== 'string' || typeof port !== 'number' || !ADDRESS_FIELDS.some((field) => field in values))
			return;
		const isOwnPort = this.options.ownPort() === port;
		try {
			const { servers } = await openListeners({ host, port: isOwnPort ? 0 : port });
			await closeListeners(servers);
		} catch (thrown) {
			const { message, details } = toServiceError(thrown);
			throw refusalError(values, [[String(details?.setting), message]], 'address');
		}
	}

	/** Returns the value that a setting gets; `undefined` if it is not allowed, which is reported when it is written. */
	private newValueOf(field: string, values: SettingChanges['values']): unknown {
		const setting = this.values.find((it) => it.field === field);
		if (setting === undefined || !(field in values)) return setting?.value;
		const value = values[field] ?? setting.fallback;
		return setting.schema.safeParse(value).data;
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
