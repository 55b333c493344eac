/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_CURSES_H
#define TERM_CURSES_H

/*
 * The only door to <curses.h>, for sources of term/. It has a function key_name() of its own, which
 * is not called here, and screen/key.h has a better one: it is included under another name.
 */

#define key_name curses_key_name
#include <curses.h>
#undef key_name

#endif
