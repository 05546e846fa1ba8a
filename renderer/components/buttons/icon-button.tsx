import { Icon, type IconName } from '../icon.tsx';

export interface IconButtonProps {
	readonly icon: IconName;
	/** The action, as the accessible name and tooltip. */
	readonly label: string;
	/** For a toggle button. */
	readonly isPressed?: boolean;
	readonly onClick: () => void;
}

/** A button that shows only an icon. */
export function IconButton({ icon, label, isPressed, onClick }: IconButtonProps) {
	return (
		<button
			type="button"
			class="button icon-button"
			aria-label={label}
			title={label}
			aria-pressed={isPressed}
			onClick={onClick}
		>
			<Icon name={icon} />
		</button>
	);
}
