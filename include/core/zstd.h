/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_ZSTD_H
#define CORE_ZSTD_H

/* zstd(1) by libzstd, which is loaded for it. It bounds the memory that a stream may ask for. */

struct unpacker;

/* Returns 0 and sets *ret_unpacker; -ELIBACC where the library, or a function of it, is missing. */
int zstd_create(struct unpacker **ret_unpacker);

#endif
