/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_CORE_SPACE_H
#define CORE_CORE_SPACE_H

/*
 * The address space of a core file. What its mappings are is found as that of a running process
 * (model/classify.h), by the ELF headers that lie in its memory: the files themselves are not
 * needed. What a core file does not say is unknown.
 */

#include <stdint.h>

struct address_space;
struct core_image;

/* Makes the snapshot, with that time (CLOCK_REALTIME, nanoseconds). Returns 0, or -EINVAL. */
int core_space_make(struct core_image *image, int64_t time_ns, struct address_space **ret_space);

#endif
