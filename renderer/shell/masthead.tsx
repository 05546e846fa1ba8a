import markUrl from '../../build/icons/app-small.svg';
import { useText } from '../window-context.ts';

/** The logo and the name of the product. */
export function Masthead() {
	const { common } = useText();
	return (
		<header class="masthead">
			<img src={markUrl} alt="" width="28" height="28" />
			<span>{common.productName}</span>
		</header>
	);
}
