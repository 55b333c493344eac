/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_GOLDEN_H
#define SUPPORT_GOLDEN_H

/*
 * Expected screens and outputs as text files in tests/golden/. With the environment variable
 * UPDATE_GOLDEN=1 they are written anew instead of compared: look at the difference in git then.
 */

#include <stddef.h>

struct canvas;

/* Fails the running test when the text is not what tests/golden/<name>.txt holds. */
void golden_check(const char *name, const char *text);

/* The same for what a canvas shows. */
void golden_check_canvas(const char *name, const struct canvas *canvas);

#endif
