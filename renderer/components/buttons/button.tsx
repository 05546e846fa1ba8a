import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icon.tsx';

export interface ButtonProps {
	readonly children: ComponentChildren;
	/** `primary`: the one thing to do here; `danger`: it takes something away; `quiet`: no frame. Default: `secondary`. */
	readonly variant?: 'primary' | 'secondary' | 'danger' | 'quiet';
	readonly icon?: IconName;
	/** Submits the form around it, instead of `onClick`. */
	readonly isSubmit?: boolean;
	/** What it does is under way: it keeps the focus, but does nothing. */
	readonly isBusy?: boolean;
	/** Name for screen readers where the text alone does not tell which one, such as "Revoke Front desk". */
	readonly label?: string;
	readonly onClick?: () => void;
}

/** A button with a text, and perhaps an icon before it. */
export function Button({
	children,
	variant = 'secondary',
	icon,
	isSubmit,
	isBusy = false,
	label,
	onClick,
}: ButtonProps) {
	return (
		<button
			type={isSubmit ? 'submit' : 'button'}
			class={`button button-${variant}`}
			aria-disabled={isBusy}
			aria-label={label}
			onClick={(event) => {
				if (isBusy) event.preventDefault();
				else onClick?.();
			}}
		>
			{icon && <Icon name={icon} />}
			<span>{children}</span>
		</button>
	);
}
