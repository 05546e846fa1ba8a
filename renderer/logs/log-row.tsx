import type { LogLineView } from '../../src/operator/contract.ts';
import type { LogLevel } from '../../src/protocol/log-levels.ts';
import { Badge, type Tone } from '../components/badge.tsx';
import { useText } from '../window-context.ts';
import { splitAtHits } from './log-filter.ts';

const TONES: Readonly<Record<LogLevel, Tone>> = { error: 'bad', warn: 'warning', info: 'neutral', debug: 'neutral' };

/** The level of a line in a word. */
export function LevelBadge({ level }: { readonly level: LogLevel }) {
	const { logs } = useText();
	return <Badge tone={TONES[level]}>{logs.levelNames[level]}</Badge>;
}

/** A text of the service, in English whatever the operator reads, with what was searched marked in it. */
export function HighlightedText({ text, searched }: { readonly text: string; readonly searched: string }) {
	return (
		<span lang="en" dir="ltr">
			{splitAtHits(text, searched).map((part, i) => (
				// Parts have no identity but their place.
				// biome-ignore lint/suspicious/noArrayIndexKey: see above
				<span key={i}>{part.isHit ? <mark>{part.text}</mark> : part.text}</span>
			))}
		</span>
	);
}

export interface LogRowProps {
	/** For `aria-activedescendant`. */
	readonly id: string;
	readonly line: LogLineView;
	readonly searched: string;
	/** Which of how many lines it is, from 0. */
	readonly index: number;
	readonly count: number;
	/** Pixels from the top of the list. */
	readonly top: number;
	readonly isSelected: boolean;
	readonly onSelect: () => void;
}

/** One line of the log in one row, cut where it is too long. */
export function LogRow({ id, line, searched, index, count, top, isSelected, onSelect }: LogRowProps) {
	const { formats } = useText();
	return (
		// The list has the focus and hears the keys; see `LogList`.
		// biome-ignore lint/a11y/useFocusableInteractive: see above
		// biome-ignore lint/a11y/useKeyWithClickEvents: see above
		<div
			id={id}
			class="log-row"
			role="option"
			aria-selected={isSelected}
			aria-posinset={index + 1}
			aria-setsize={count}
			style={{ transform: `translateY(${top}px)` }}
			onClick={onSelect}
		>
			<span class="log-time">{formats.time(Date.parse(line.timestamp))}</span>
			<LevelBadge level={line.level} />
			<span class="log-name">
				<HighlightedText text={line.name} searched={searched} />
			</span>
			<span class="log-message">
				<HighlightedText text={line.message} searched={searched} />
				{line.metadata && (
					<span class="log-metadata" aria-hidden="true">
						<HighlightedText text={JSON.stringify(line.metadata)} searched={searched} />
					</span>
				)}
			</span>
		</div>
	);
}
