/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_FOLD_LABEL_H
#define UI_PICTURE_FOLD_LABEL_H

/* What a fold holds, in the words that stand beside its bar. */

struct band;
struct band_match;
struct canvas;
struct fold;
struct scene;
struct text;

/*
 * Writes on the line, from the column on and before end: "[vdso] and a gap", "30 maps libm, libc",
 * "5 maps +28 hidden libm", "w+x" where it holds such a mapping. The fold is the sum of the band.
 */
void fold_label_draw(struct canvas *canvas, const struct scene *scene, const struct band *band,
		     const struct fold *fold, const struct band_match *match, int column, int line,
		     int end);

/*
 * Appends the first part of that, what it is or how many: "30 maps", "8 × 8.0M thread-stack", "V8
 * heap"; columns that all of the label has.
 */
void fold_label_append(struct text *text, const struct scene *scene, const struct band *band,
		       const struct fold *fold, int columns);

#endif
