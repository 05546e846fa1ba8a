/* The image format of virtual readers, which is that of the SLK20R: 300 x 375 pixels at 500 dpi. */
export const VIRTUAL_WIDTH = 300;
export const VIRTUAL_HEIGHT = 375;
export const VIRTUAL_DPI = 500;
