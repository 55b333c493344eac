/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_CAPABILITIES_H
#define KERNEL_CAPABILITIES_H

/* What the calling thread, and threads and processes that it starts later, may do beyond its user.
 */

#include <stdbool.h>
#include <stdint.h>
#include <linux/capability.h>

/* Newer than the headers may be. */
#ifndef CAP_PERFMON
#define CAP_PERFMON 38
#endif
#ifndef CAP_CHECKPOINT_RESTORE
#define CAP_CHECKPOINT_RESTORE 40
#endif

#define CAPABILITY_BIT(capability) (UINT64_C(1) << (capability))

/*
 * Gives up, for good, all capabilities but those whose bits are set; none is gained. Returns 0, or
 * -errno: then it has what it had.
 */
int capabilities_keep(uint64_t kept);

/* Whether the kernel knows the capability. */
bool capabilities_has(unsigned capability);

#endif
