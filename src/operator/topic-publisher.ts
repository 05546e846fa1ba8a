import type { LogRing } from '../log/log-ring.ts';
import type { LogLineView, OperatorEvent, OperatorTopic, OperatorTopics } from './contract.ts';
import { toLogLine } from './views.ts';

/** How each topic is read when somebody wants to know; `undefined` where it cannot be told yet. */
export type TopicReaders = {
	readonly [T in Exclude<OperatorTopic, 'keys'>]: () => OperatorTopics[T];
} & { readonly keys: () => OperatorTopics['keys'] | undefined };

/** Order in which a new follower hears of the topics. */
const TOPICS = ['about', 'service', 'readers', 'connections', 'keys', 'origins', 'settings'] as const;

/** Lines of the log in one event, so that a long history does not hold up what comes after it. */
const LINES_PER_EVENT = 500;

type Follower = (event: OperatorEvent) => void;

/** Tells followers what there is and what changes; changes that come together are told once. */
export class TopicPublisher {
	private readonly readers: TopicReaders;
	private readonly ring: LogRing;
	private readonly followers = new Set<Follower>();
	private readonly changed = new Set<OperatorTopic>();
	private lines: LogLineView[] = [];
	private readonly unsubscribeLog: () => void;
	private due: NodeJS.Immediate | undefined;

	constructor(readers: TopicReaders, ring: LogRing) {
		this.readers = readers;
		this.ring = ring;
		this.unsubscribeLog = ring.subscribe((entry) => {
			this.lines.push(toLogLine(entry));
			this.tellSoon();
		});
	}

	/** Every topic that can be told at once and the kept log, then each change; @returns ends it, idempotent */
	follow(follower: Follower): () => void {
		// Lines that the others have yet to hear are among the kept ones already.
		this.tellChanges();
		for (const event of TOPICS.map((topic) => this.read(topic))) if (event !== undefined) follower(event);
		const lines = this.ring.entries().map(toLogLine);
		for (let from = 0; from < lines.length; from += LINES_PER_EVENT) {
			follower({ topic: 'log', value: lines.slice(from, from + LINES_PER_EVENT) });
		}
		this.followers.add(follower);
		return () => this.followers.delete(follower);
	}

	/** Have a topic read and told again, soon. */
	touch(topic: OperatorTopic): void {
		this.changed.add(topic);
		this.tellSoon();
	}

	/** Tell nobody any more; idempotent. */
	close(): void {
		clearImmediate(this.due);
		this.unsubscribeLog();
		this.followers.clear();
	}

	/** A page with many connections opens and closes them all at once: one list is enough then, and one bunch of lines. */
	private tellSoon(): void {
		this.due ??= setImmediate(() => this.tellChanges());
	}

	private tellChanges(): void {
		clearImmediate(this.due);
		this.due = undefined;
		const [topics, lines] = [[...this.changed], this.lines];
		this.changed.clear();
		this.lines = [];
		for (const topic of topics) this.tell(this.read(topic));
		if (lines.length > 0) this.tell({ topic: 'log', value: lines });
	}

	private tell(event: OperatorEvent | undefined): void {
		if (event === undefined) return;
		for (const follower of this.followers) follower(event);
	}

	private read<T extends OperatorTopic>(topic: T): OperatorEvent | undefined {
		const value = this.readers[topic]();
		// The union pairs each topic with its own value; TypeScript cannot follow that through the generic.
		return value === undefined ? undefined : ({ topic, value } as OperatorEvent);
	}
}
