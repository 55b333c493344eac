/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_PROGRAM_NAME_H
#define UI_TEXT_PROGRAM_NAME_H

/*
 * The part of a program's first argument from where its folders end. Some programs put a whole
 * sentence there (as setproctitle(3) does): only what looks like a path is cut, and only up to its
 * first space, unless exe, the path of the executable, tells its folder; NULL: it is not known.
 */
const char *program_name(const char *argument, const char *exe);

#endif
