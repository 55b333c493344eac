/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPTION_MISTAKE_H
#define APP_OPTION_MISTAKE_H

/* Why a value is not taken. */

#include <stddef.h>

struct option_mistake {
	char allowed[160];  /* what is: "a number from 1 to 9" */
	const char *wrong;  /* the part of the value that is wrong; NULL: all of it */
	size_t wrong_bytes; /* length of the part */
};

#endif
