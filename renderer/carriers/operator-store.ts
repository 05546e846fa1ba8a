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

/**
 * The latest value of each topic; undefined until the first value arrives. What changes without the operator is undefined also
 * while the connection is lost, so that the window cannot claim it.
 */
export type TopicSignals = { readonly [T in OperatorTopic]: ReadonlySignal<OperatorTopics[T] | undefined> };

/** The state of the service as signals, and its operations. */
export class OperatorStore {
	readonly topics: TopicSignals;
	readonly log: LogStore;
	readonly link: ReadonlySignal<LinkState>;
	/** Whether the service has ever sent its state. */
	readonly hasState: ReadonlySignal<boolean>;
	/** Whether calls can succeed and the topics are up to date. */
	readonly isConnected: ReadonlySignal<boolean>;
	private readonly received = signal<Partial<OperatorTopics>>({});
	private readonly carrier: Carrier;

	/**
	 * Subscribes to the carrier.
	 *
	 * @param onNextFrame `requestAnimationFrame`
	 */
	constructor(carrier: Carrier, onNextFrame: (action: () => void) => void) {
		this.isConnected = computed(() => carrier.link.value.phase === 'connected');
		this.hasState = computed(() => this.received.value.service !== undefined);
		const topic = <T extends OperatorTopic>(name: T) => computed(() => this.received.value[name]);
		const liveTopic = <T extends OperatorTopic>(name: T) =>
			computed(() => (this.isConnected.value ? this.received.value[name] : undefined));
		this.topics = {
			about: topic('about'),
			service: liveTopic('service'),
			readers: liveTopic('readers'),
			connections: liveTopic('connections'),
			keys: topic('keys'),
			origins: topic('origins'),
			settings: topic('settings'),
		};
		this.log = new LogStore(onNextFrame);
		this.link = carrier.link;
		this.carrier = carrier;
		carrier.follow((event) => this.receive(event));
	}

	/** @throws OperatorFailure if the service refuses the call or cannot be reached */
	call<O extends OperatorOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>> {
		return this.carrier.call(operation, input);
	}

	private receive(event: OperatorEvent): void {
		if (event.topic === 'log') this.log.add(event.value);
		else this.received.value = { ...this.received.value, [event.topic]: event.value };
	}
}
