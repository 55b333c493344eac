/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/curses.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#include "config.h"

/* A library that keeps its variables for itself has functions in their place (ncurses(3)). */
#if NCURSES_REENTRANT
#define WINDOW_NAME "_nc_stdscr"
#else
#define WINDOW_NAME "stdscr"
#endif

static struct curses loaded;

/* Sets the pointer, whatever it points to. Returns whether there is such a name. */
static bool find(void *library, const char *name, void *ret_pointer)
{
	/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
	void *found = dlsym(library, name);

	memcpy(ret_pointer, &found, sizeof(found));
	return found != NULL;
}

int curses_load(void)
{
	struct curses found;
	bool whole = true;
	void *library;

	if (loaded.window)
		return 0;
	/* Never closed: it keeps what it knows of terminals. It brings the library of terminfo,
	 * whose functions are found through it. */
	library = dlopen(NCURSESW_SONAME, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return -ELIBACC;
#define FIND(name) whole = whole && find(library, #name, &found.name)
	CURSES_FUNCTIONS(FIND);
	if (!whole || !find(library, WINDOW_NAME, &found.window))
		return -ELIBACC;
	loaded = found;
	return 0;
}

const struct curses *curses(void)
{
	return &loaded;
}

WINDOW *curses_window(void)
{
#if NCURSES_REENTRANT
	return loaded.window();
#else
	return *loaded.window;
#endif
}
