/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_OWN_SYMBOLS_H
#define TESTS_UNIT_OWN_SYMBOLS_H

/* The test itself as a process whose objects are looked into. */

#include <link.h>
#include <stdint.h>
#include <string.h>

#include "files/inside_cache.h"
#include "inside/inside_object.h"
#include "own_space.h"

static inline int own_symbols_take_bias(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	*(uint64_t *)data = info->dlpi_addr;
	return 1; /* the program comes first */
}

/* The load bias of the program, as its loader knows it. */
static inline uint64_t own_symbols_bias(void)
{
	uint64_t bias = 1;

	dl_iterate_phdr(own_symbols_take_bias, &bias);
	return bias;
}

/* Whether what is inside the program has that name at the address. */
static inline void own_symbols_assert(const struct inside_answer *answer, const void *address,
				      const char *name)
{
	const struct inside_symbol *symbol;

	assert_int_equal(answer->error, 0);
	assert_true(answer->loaded);
	assert_int_equal(answer->bias, own_symbols_bias());
	symbol = symbol_list_at(&answer->object->symbols, (uintptr_t)address - answer->bias);
	assert_non_null(symbol);
	assert_string_equal(symbol->name, name);
	assert_int_equal(symbol->address, (uintptr_t)address - answer->bias);
}

#endif
