import { Button } from '../components/buttons/button.tsx';
import { EmptyState } from '../components/messages/empty-state.tsx';
import { useText } from '../window-context.ts';
import { type LogFilter, NO_FILTER } from './log-filter.ts';

export interface NoLinesProps {
	readonly filter: LogFilter;
	readonly onFilter: (filter: LogFilter) => void;
}

/** Shown in place of the lines if the log is empty or no line matches. */
export function NoLines({ filter, onFilter }: NoLinesProps) {
	const { logs } = useText();
	if (filter.text === NO_FILTER.text && filter.level === NO_FILTER.level) {
		return (
			<EmptyState icon="logs" title={logs.emptyTitle}>
				{logs.emptyHelp}
			</EmptyState>
		);
	}
	return (
		<EmptyState
			icon="search"
			title={logs.nothingFoundTitle}
			action={<Button onClick={() => onFilter(NO_FILTER)}>{logs.clear}</Button>}
		>
			{logs.nothingFoundHelp}
		</EmptyState>
	);
}
