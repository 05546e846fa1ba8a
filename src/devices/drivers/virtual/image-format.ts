/** The picture a virtual reader gives: the SLK20R's, 300 x 375 pixels at 500 dpi. */
export const VIRTUAL_WIDTH = 300;
export const VIRTUAL_HEIGHT = 375;
export const VIRTUAL_DPI = 500;
