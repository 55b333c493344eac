/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_PICTURE_TITLE_H
#define UI_PICTURE_PICTURE_TITLE_H

/* What the picture shows: of which window, coloured by what, filtered to what. */

struct find;
struct scene;
struct text;

/* Appends "address space, by residency, only: heap › libc text"; escaped for the screen. */
void picture_title_append(struct text *text, const struct scene *scene);

/* Appends what of a filter stands there, ", only 1 of 35: heap"; nothing without one. */
void picture_title_append_filter(struct text *text, const struct scene *scene);

#endif
