/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_TITLE_H
#define UI_PICTURE_TITLE_H

/* What the picture shows: of which window, coloured by what, filtered to what. */

struct scene;
struct text;

/* Appends "address space, by residency, only: heap › libc text"; escaped for the screen. */
void picture_title_append(struct text *text, const struct scene *scene);

#endif
