/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_SVG_H
#define TERM_SVG_H

/*
 * A canvas as a drawing in SVG 1.1, for papers and pages: text that can be selected and searched in
 * whatever monospaced font there is, bars and lines as shapes, so that they look the same in all
 * (term/svg_shape.h). Valid XML, ends with a newline.
 */

#include <stdbool.h>
#include <stdio.h>

struct canvas;
struct theme;

struct svg_page {
	bool dark;         /* the default colours are white on black; else black on white */
	const char *title; /* UTF-8 */
};

/* Writes it to the stream. Returns 0, or -errno when writing failed. */
int svg_write(FILE *stream, const struct canvas *canvas, const struct theme *theme,
	      const struct svg_page *page);

#endif
