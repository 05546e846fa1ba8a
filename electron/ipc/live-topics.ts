import type { OperatorEvent, OperatorTopic, OperatorTopics, SettingsState } from '../../src/operator/contract.ts';
import type { Session } from './operator-ipc.ts';

type Listener = (topic: OperatorTopic) => void;

/** The latest value of every topic, for the parts of the shell that show it. */
export class LiveTopics {
	private values: Partial<OperatorTopics> = {};
	private readonly listeners = new Set<Listener>();

	constructor(session: Pick<Session, 'follow'>) {
		session.follow((event) => this.take(event));
	}

	/** `undefined` until it was told for the first time. */
	get<T extends OperatorTopic>(topic: T): OperatorTopics[T] | undefined {
		return this.values[topic];
	}

	/** Run `action` now, and whenever one of the topics has changed. */
	watch(topics: readonly OperatorTopic[], action: () => void): void {
		this.listeners.add((topic) => topics.includes(topic) && action());
		action();
	}

	private take(event: OperatorEvent): void {
		if (event.topic === 'log') return;
		this.values = { ...this.values, [event.topic]: event.value };
		for (const listener of this.listeners) listener(event.topic);
	}
}

/** The value of a setting, such as `window.language`; `undefined` where the settings cannot be read. */
export function settingValue(settings: SettingsState | undefined, field: string): unknown {
	return settings?.settings.find((setting) => setting.field === field)?.value;
}
