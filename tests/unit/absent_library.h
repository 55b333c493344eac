/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ABSENT_LIBRARY_H
#define TESTS_UNIT_ABSENT_LIBRARY_H

/* Libraries that a program loads when it needs them are absent, or lack what they are to have. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <stdbool.h>

static bool library_is_empty; /* else it is absent */
static const char *library_wanted;

void *dlopen(const char *name, int flags)
{
	(void)flags;
	library_wanted = name;
	/* The test itself, which has no such functions. */
	return library_is_empty ? dlmopen(LM_ID_BASE, NULL, RTLD_NOW) : NULL;
}

#endif
