/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_PLACE_OPTION_H
#define APP_PLACE_OPTION_H

/* The address that the value of an option means (model/place.h) in a process. */

#include <stdint.h>

struct address_space;

/*
 * Finds the address of the expression in the space. Returns 0 and sets *ret_address; or the exit
 * status, after saying what is wrong with --option=expression.
 */
int place_option_find(const struct address_space *space, const char *option, const char *expression,
		      uint64_t *ret_address);

#endif
