/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/program_name.h"

#include <string.h>

const char *program_name(const char *argument, const char *exe)
{
	const char *slash = exe ? strrchr(exe, '/') : NULL, *name = argument;

	/* The folder of the executable, which may have spaces, is known. */
	if (slash && !strncmp(argument, exe, (size_t)(slash - exe) + 1))
		return argument + (slash - exe) + 1;

	if (argument[0] != '/' && argument[0] != '.')
		return argument;
	for (const char *at = argument; *at && *at != ' '; at++)
		if (*at == '/' && at[1] && at[1] != ' ')
			name = at + 1;
	return name;
}
