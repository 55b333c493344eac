/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_CURSES_H
#define TERM_CURSES_H

/*
 * The library ncursesw: the only door to it and to <curses.h>, for sources of term/. It is loaded
 * when a screen is opened, and what is used of it is found in the table of curses(). Its macros are
 * left out: they name functions and variables that would have to be linked.
 *
 * <curses.h> has a function key_name() of its own, which is not called here, and screen/key.h has a
 * better one: it is included under another name.
 */

#define NCURSES_NOMACROS 1
#define key_name         curses_key_name
#include <curses.h>
#undef key_name

/* Each function that is used of it. */
#define CURSES_FUNCTIONS(each)                      \
	/* The screen. */                           \
	each(newterm);                              \
	each(delscreen);                            \
	each(endwin);                               \
	each(isendwin);                             \
	each(reset_prog_mode);                      \
	each(resize_term);                          \
	each(cbreak);                               \
	each(noecho);                               \
	each(nonl);                                 \
	each(intrflush);                            \
	each(keypad);                               \
	each(leaveok);                              \
	each(clearok);                              \
	each(curs_set);                             \
	each(set_escdelay);                         \
	each(typeahead);                            \
	/* What is on it. */                        \
	each(erase);                                \
	each(move);                                 \
	each(clrtoeol);                             \
	each(refresh);                              \
	each(setcchar);                             \
	each(mvadd_wchnstr);                        \
	/* Keys. */                                 \
	each(getch);                                \
	each(get_wch);                              \
	each(ungetch);                              \
	each(unget_wch);                            \
	each(timeout);                              \
	each(keyok);                                \
	each(define_key);                           \
	each(key_defined);                          \
	/* Colours. */                              \
	each(has_colors);                           \
	each(start_color);                          \
	each(use_default_colors);                   \
	each(init_extended_pair);                   \
	/* What the terminal's description says. */ \
	each(tigetflag);                            \
	each(tigetnum);                             \
	each(tigetstr);                             \
	each(tparm)

struct curses {
#define CURSES_POINTER(name) __typeof__(name) *name
	CURSES_FUNCTIONS(CURSES_POINTER);
#undef CURSES_POINTER
#if NCURSES_REENTRANT
	WINDOW *(*window)(void);
#else
	WINDOW **window;
#endif
};

/*
 * Loads the library, once: it is one for the whole program, as curses is. Returns 0, or -ELIBACC
 * where it, or a function of it, is missing.
 */
int curses_load(void);

/* What was loaded; before that there is nothing in it. */
const struct curses *curses(void);

/* The window that is the screen (stdscr), once newterm() has made it. */
WINDOW *curses_window(void);

#endif
