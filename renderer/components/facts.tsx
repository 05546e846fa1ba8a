import type { ComponentChildren } from 'preact';

/** A fact and its name. */
export interface Fact {
	readonly name: string;
	readonly value: ComponentChildren;
}

/** Names and values, side by side where there is room. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
	return (
		<dl class="facts">
			{facts.map(({ name, value }) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
