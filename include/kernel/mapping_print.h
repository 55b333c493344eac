/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_MAPPING_PRINT_H
#define KERNEL_MAPPING_PRINT_H

/*
 * A number for the state of a process's mappings, made without keeping or parsing them: the same
 * number twice means that nothing changed. Of that the process cannot make a lie, as it does not
 * know the key.
 */

#include <stdint.h>

struct hash_key;

/*
 * Of all that maps lists, which is read from where the descriptor stands to its end: half the cost
 * of a list, or less. Returns 0 and sets *ret_print, or -errno.
 */
int mapping_print_all(int maps, const struct hash_key *key, uint64_t *ret_print);

/*
 * Of where executable mappings lie and what else they allow, by a query for each: some
 * microseconds where those are few, however long the names are. Returns 0 and sets *ret_print;
 * -ENOTTY when the kernel has no such query, -ESRCH when the address space has ended, or another
 * -errno.
 */
int mapping_print_code(int maps, const struct hash_key *key, uint64_t *ret_print);

#endif
