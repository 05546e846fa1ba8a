import type { OperatorEvent, OperatorTopic, OperatorTopics, SettingsState } from '../../src/operator/contract.ts';
import type { OperatorSessionPort } from './operator-ipc.ts';

type TopicListener = (topic: OperatorTopic) => void;

/** Keeps the latest value of every topic for the tray, the menus and the dialogs. */
export class LiveTopics {
	private values: Partial<OperatorTopics> = {};
	private readonly listeners = new Set<TopicListener>();

	constructor(session: Pick<OperatorSessionPort, 'follow'>) {
		session.follow((event) => this.update(event));
	}

	/** Returns the latest value of a topic, or `undefined` before its first event. */
	get<T extends OperatorTopic>(topic: T): OperatorTopics[T] | undefined {
		return this.values[topic];
	}

	/** Runs `action` now, and again whenever one of the topics changes. */
	watch(topics: readonly OperatorTopic[], action: () => void): void {
		this.listeners.add((topic) => topics.includes(topic) && action());
		action();
	}

	private update(event: OperatorEvent): void {
		if (event.topic === 'log') return;
		this.values = { ...this.values, [event.topic]: event.value };
		for (const listener of this.listeners) listener(event.topic);
	}
}

/** Returns the value of a setting such as `window.language`, or `undefined` when the settings cannot be read. */
export function getSettingValue(settings: SettingsState | undefined, field: string): unknown {
	return settings?.settings.find((setting) => setting.field === field)?.value;
}
