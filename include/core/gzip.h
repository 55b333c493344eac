/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_GZIP_H
#define CORE_GZIP_H

/* gzip(1) by zlib, which is loaded for it. */

struct unpacker;

/* Returns 0 and sets *ret_unpacker; -ELIBACC where the library, or a function of it, is missing. */
int gzip_create(struct unpacker **ret_unpacker);

#endif
