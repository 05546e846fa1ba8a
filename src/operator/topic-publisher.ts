import type { LogRing } from '../log/log-ring.ts';
import type { LogLineView, OperatorEvent, OperatorTopic, OperatorTopics } from './contract.ts';
import { toLogLine } from './views.ts';

/**
 * Returns the current value of each topic; `undefined` while there is none to publish yet. A new follower receives the topics
 * in the order of the sources.
 */
export type TopicSources = {
	readonly [T in Exclude<OperatorTopic, 'keys'>]: () => OperatorTopics[T];
} & { readonly keys: () => OperatorTopics['keys'] | undefined };

/** Log lines in one event, so that a long history does not delay the events after it. */
const LOG_LINES_PER_EVENT = 500;

type Follower = (event: OperatorEvent) => void;

/** Publishes the topics and the log to its followers. Changes within one turn of the event loop are published together. */
export class TopicPublisher {
	private readonly sources: TopicSources;
	private readonly ring: LogRing;
	private readonly followers = new Set<Follower>();
	private readonly changed = new Set<OperatorTopic>();
	private lines: LogLineView[] = [];
	private readonly unsubscribeLog: () => void;
	private scheduled: NodeJS.Immediate | undefined;

	constructor(sources: TopicSources, ring: LogRing) {
		this.sources = sources;
		this.ring = ring;
		this.unsubscribeLog = ring.subscribe((entry) => {
			this.lines.push(toLogLine(entry));
			this.publishSoon();
		});
	}

	/** Sends every topic that has a value and the kept log, then each change. @returns stops that, idempotent */
	follow(follower: Follower): () => void {
		// The kept log below contains the lines that wait to be published, which must not reach this follower twice.
		this.publishChanges();
		const topics = Object.keys(this.sources) as OperatorTopic[];
		for (const event of topics.map((topic) => this.read(topic))) if (event !== undefined) follower(event);
		const lines = this.ring.entries().map(toLogLine);
		for (let from = 0; from < lines.length; from += LOG_LINES_PER_EVENT) {
			follower({ topic: 'log', value: lines.slice(from, from + LOG_LINES_PER_EVENT) });
		}
		this.followers.add(follower);
		return () => this.followers.delete(follower);
	}

	/** Reads the topic again and publishes it in the next turn of the event loop. */
	markChanged(topic: OperatorTopic): void {
		this.changed.add(topic);
		this.publishSoon();
	}

	/** Publishes nothing any more; idempotent. */
	close(): void {
		clearImmediate(this.scheduled);
		this.unsubscribeLog();
		this.followers.clear();
	}

	/** Delayed because a page may open or close many connections at once: one list and one group of log lines are enough then. */
	private publishSoon(): void {
		this.scheduled ??= setImmediate(() => this.publishChanges());
	}

	private publishChanges(): void {
		clearImmediate(this.scheduled);
		this.scheduled = undefined;
		const [topics, lines] = [[...this.changed], this.lines];
		this.changed.clear();
		this.lines = [];
		for (const topic of topics) this.publish(this.read(topic));
		if (lines.length > 0) this.publish({ topic: 'log', value: lines });
	}

	private publish(event: OperatorEvent | undefined): void {
		if (event === undefined) return;
		for (const follower of this.followers) follower(event);
	}

	private read<T extends OperatorTopic>(topic: T): OperatorEvent | undefined {
		const value = this.sources[topic]();
		// The union pairs each topic with its own value; TypeScript cannot follow that through the generic.
		return value === undefined ? undefined : ({ topic, value } as OperatorEvent);
	}
}
