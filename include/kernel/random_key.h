/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_RANDOM_KEY_H
#define KERNEL_RANDOM_KEY_H

#include "base/keyed_hash.h"

/*
 * A key for one table: from the kernel's random numbers. Where those are not ready yet (early at
 * boot) or may not be asked for, from the time and the addresses of this process. Never waits.
 */
struct hash_key random_key(void);

#endif
