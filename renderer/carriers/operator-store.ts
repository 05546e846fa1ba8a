import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type {
	InputOf,
	OperatorEvent,
	OperatorOperation,
	OperatorTopic,
	OperatorTopics,
	ResultOf,
} from '../../src/operator/contract.ts';
import type { Carrier, LinkState } from './carrier.ts';
import { LogStore } from './log-store.ts';

/** The latest value of each topic; undefined until it has come for the first time. */
export type TopicSignals = { readonly [T in OperatorTopic]: ReadonlySignal<OperatorTopics[T] | undefined> };

/** What the window knows of the service, as signals, and the way to its operations. */
export class OperatorStore {
	readonly topics: TopicSignals;
	readonly log: LogStore;
	readonly link: ReadonlySignal<LinkState>;
	private readonly received = signal<Partial<OperatorTopics>>({});
	private readonly carrier: Carrier;

	/**
	 * Follows the carrier from now on; what was heard stays while the link is lost.
	 *
	 * @param onNextFrame `requestAnimationFrame`
	 */
	constructor(carrier: Carrier, onNextFrame: (action: () => void) => void) {
		const topic = <T extends OperatorTopic>(name: T) => computed(() => this.received.value[name]);
		this.topics = {
			about: topic('about'),
			service: topic('service'),
			readers: topic('readers'),
			connections: topic('connections'),
			keys: topic('keys'),
			origins: topic('origins'),
			settings: topic('settings'),
		};
		this.log = new LogStore(onNextFrame);
		this.link = carrier.link;
		this.carrier = carrier;
		carrier.follow((event) => this.receive(event));
	}

	/** Rejects with a `OperatorFailure`. */
	call<O extends OperatorOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>> {
		return this.carrier.call(operation, input);
	}

	private receive(event: OperatorEvent): void {
		if (event.topic === 'log') this.log.add(event.value);
		else this.received.value = { ...this.received.value, [event.topic]: event.value };
	}
}
