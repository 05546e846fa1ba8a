import { LOG_LEVELS } from '../../src/protocol/log-levels.ts';
import { Button } from '../components/buttons/button.tsx';
import { Field } from '../components/forms/field.tsx';
import { Select } from '../components/forms/select.tsx';
import { textInputProps } from '../components/forms/text-input-props.ts';
import { useText } from '../window-context.ts';
import type { LogFilter } from './log-filter.ts';

/** All levels first, so that an operator can search without knowing the level of a line. */
const LEVELS = LOG_LEVELS.toReversed();

export interface LogToolbarProps {
	readonly filter: LogFilter;
	readonly isPaused: boolean;
	readonly onFilter: (filter: LogFilter) => void;
	readonly onPause: () => void;
	readonly onResume: () => void;
}

/** The filter, and the pause button. */
export function LogToolbar({ filter, isPaused, onFilter, onPause, onResume }: LogToolbarProps) {
	const { logs } = useText();
	return (
		<search class="log-toolbar">
			<Field label={logs.level}>
				{(control) => (
					<Select
						control={control}
						value={filter.level}
						options={LEVELS.map((value) => ({ value, label: logs.levels[value] }))}
						onChange={(level) => onFilter({ ...filter, level })}
					/>
				)}
			</Field>
			<Field label={logs.search}>
				{(control) => (
					<input
						type="search"
						placeholder={logs.searchHint}
						{...textInputProps(control, { value: filter.text, onChange: (text) => onFilter({ ...filter, text }) })}
					/>
				)}
			</Field>
			<Button icon={isPaused ? 'start' : 'pause'} onClick={isPaused ? onResume : onPause}>
				{isPaused ? logs.resume : logs.pause}
			</Button>
		</search>
	);
}
