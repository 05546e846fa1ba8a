import { signal } from '@preact/signals';
import type {
	InputOf,
	OperatorEvent,
	OperatorOperation,
	OperatorReply,
	ResultOf,
} from '../../../src/operator/contract.ts';
import type { Carrier, LinkState } from '../carrier.ts';
import { unwrapReply } from '../unwrap-reply.ts';

/** A carrier without a service. The test emits events and sets replies; a call without a reply set throws. */
export class FakeCarrier implements Carrier {
	readonly link = signal<LinkState>({ phase: 'connected' });
	/** The calls in order. */
	readonly calls: { readonly operation: OperatorOperation; readonly input: unknown }[] = [];
	private readonly listeners = new Set<(event: OperatorEvent) => void>();
	private readonly replies: OperatorReply[] = [];

	/** Queues the reply to a later call; replies are used in order. */
	willReply(reply: OperatorReply): void {
		this.replies.push(reply);
	}

	emit(event: OperatorEvent): void {
		for (const listener of this.listeners) listener(event);
	}

	async call<O extends OperatorOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>> {
		this.calls.push({ operation, input });
		const reply = this.replies.shift();
		if (reply === undefined) throw new Error(`No reply is set for ${operation}`);
		return unwrapReply<O>(reply);
	}

	follow(listener: (event: OperatorEvent) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
}
