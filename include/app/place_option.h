/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_PLACE_OPTION_H
#define APP_PLACE_OPTION_H

/* The address that the value of an option means (model/place.h) in a process. */

#include <stdint.h>

struct address_space;
struct options;

/*
 * Finds the address of options->place in the space of the process. Returns 0 and sets *ret_address;
 * or the exit status, after saying what is wrong with --option.
 */
int place_option_find(const struct options *options, const struct address_space *space,
		      const char *option, uint64_t *ret_address);

#endif
