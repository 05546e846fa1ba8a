import type { LogLineView } from '../../src/operator/contract.ts';
import type { LogLevel } from '../../src/protocol/log-levels.ts';
import { Badge, type Tone } from '../components/badge.tsx';
import { useText } from '../window-context.ts';
import { splitAtHits } from './log-filter.ts';

const TONES: Readonly<Record<LogLevel, Tone>> = { error: 'bad', warn: 'warning', info: 'neutral', debug: 'neutral' };

/** The level of a line as a badge. */
export function LevelBadge({ level }: { readonly level: LogLevel }) {
	const { logs } = useText();
	return <Badge tone={TONES[level]}>{logs.levelNames[level]}</Badge>;
}

/** A text of the service, always in English, with the search hits marked. */
export function HighlightedText({ text, query }: { readonly text: string; readonly query: string }) {
	return (
		<span lang="en" dir="ltr">
			{splitAtHits(text, query).map((part, i) => (
				// The position is the only identity of a part.
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
	readonly query: string;
	/** Row number, from 0. */
	readonly index: number;
	readonly count: number;
	/** Pixels from the top of the list. */
	readonly top: number;
	readonly isSelected: boolean;
	readonly onSelect: () => void;
}

/** One log line in one row, truncated if it is too long. */
export function LogRow({ id, line, query, index, count, top, isSelected, onSelect }: LogRowProps) {
	const { formats } = useText();
	const moment = Date.parse(line.timestamp);
	return (
		// `LogList` has the focus and handles the keys.
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
			<span class="log-time" title={formats.dateTime(moment)}>
				{formats.time(moment)}
			</span>
			<LevelBadge level={line.level} />
			<span class="log-name">
				<HighlightedText text={line.name} query={query} />
			</span>
			<span class="log-message">
				<HighlightedText text={line.message} query={query} />
				{line.metadata && (
					<span class="log-metadata" aria-hidden="true">
						<HighlightedText text={JSON.stringify(line.metadata)} query={query} />
					</span>
				)}
			</span>
		</div>
	);
}
