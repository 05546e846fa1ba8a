/*
 * Runs in the page of the window. Looks for neighbours in a row or a grid that overlap, for content that is wider than its box, and
 * for lists and hints whose text does not fit. The texts of the log may end in an ellipsis. Its value is one line for each fault.
 */
(() => {
	const faults = [];
	const nameOf = (element) => `${element.tagName} ${element.className} "${element.textContent.slice(0, 40)}"`;

	function checkOverlaps(container) {
		const boxes = [...container.children]
			.filter((child) => getComputedStyle(child).position === 'static')
			.map((child) => ({ child, box: child.getBoundingClientRect() }))
			.filter(({ box }) => box.width > 0 && box.height > 0);
		boxes.forEach(({ child, box }, i) => {
			for (const other of boxes.slice(i + 1)) {
				const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
				const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
				if (width > 1 && height > 1) faults.push(`${nameOf(child)} overlaps ${nameOf(other.child)}`);
			}
		});
	}

	function checkTextIn(control, text) {
		const style = getComputedStyle(control);
		const probe = document.createElement('span');
		probe.textContent = text;
		probe.style.cssText = `position: absolute; white-space: nowrap; font: ${style.font}`;
		document.body.append(probe);
		const room = control.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
		if (probe.getBoundingClientRect().width > room + 1) faults.push(`"${text}" does not fit`);
		probe.remove();
	}

	for (const element of document.querySelectorAll('.shell *')) {
		const isHidden = element.closest('.visually-hidden, svg, details:not([open]) > :not(summary)') !== null;
		if (isHidden || element.matches('.log-list, .log-rows, .log-row *')) continue;
		const { display } = getComputedStyle(element);
		if (/flex|grid/.test(display)) checkOverlaps(element);
		if (display !== 'inline' && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
			faults.push(`${nameOf(element)} is ${element.scrollWidth} wide in ${element.clientWidth}`);
		if (element.matches('select')) checkTextIn(element, element.selectedOptions[0].textContent);
		if (element.matches('input[placeholder]')) checkTextIn(element, element.placeholder);
	}
	return faults;
})();
