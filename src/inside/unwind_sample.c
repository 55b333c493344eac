/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/unwind_sample.h"

#include <errno.h>
#include <string.h>

uint64_t unwind_sample_register(const struct unwind_sample *sample, unsigned index)
{
	uint64_t word;

	memcpy(&word, sample->registers + index * sizeof(word), sizeof(word));
	return word;
}

int unwind_sample_read(const struct unwind_sample *sample, uint64_t address, uint64_t *ret_word)
{
	uint64_t start = unwind_sample_register(sample, UNWIND_STACK_POINTER);
	uint64_t offset = address - start;

	if (address < start || sample->stack_size < sizeof(*ret_word) ||
	    offset > sample->stack_size - sizeof(*ret_word))
		return -EFAULT;
	memcpy(ret_word, sample->stack + offset, sizeof(*ret_word));
	return 0;
}
