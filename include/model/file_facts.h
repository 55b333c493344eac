/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FILE_FACTS_H
#define MODEL_FILE_FACTS_H

/* What is known from the file of one mapping, beyond the snapshot. */

#include <stdbool.h>
#include <stdint.h>

struct file_facts {
	uint64_t size; /* bytes of the file, or TARGET_UNKNOWN (model/target.h) */
	bool is_elf;   /* the mapping is one of the segments of an ELF file; then */
	uint64_t
		bias; /* the address in memory minus the virtual address in the file, modulo 2^64 */
};

#endif
