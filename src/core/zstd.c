/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/zstd.h"

#include "config.h"

#include <errno.h>

#ifdef HAVE_ZSTD
#include <dlfcn.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/memory.h"
#include "core/unpacker.h"

struct zstd {
	struct unpacker unpacker;
	ZSTD_DStream *stream;
	__typeof__(&ZSTD_createDStream) create;
	__typeof__(&ZSTD_decompressStream) decompress;
	__typeof__(&ZSTD_isError) is_error;
	__typeof__(&ZSTD_freeDStream) free;
};

/* The next frame begins by itself. */
static int step(struct unpacker *unpacker, struct unpacker_step *step)
{
	struct zstd *zstd = (struct zstd *)unpacker;
	ZSTD_inBuffer in = {.src = step->in, .size = step->in_left};
	ZSTD_outBuffer out = {.dst = step->out, .size = step->out_left};
	size_t result = zstd->decompress(zstd->stream, &out, &in);

	step->in += in.pos;
	step->in_left -= in.pos;
	step->out += out.pos;
	step->out_left -= out.pos;
	step->ended = result == 0;
	return zstd->is_error(result) ? -EBADMSG : 0;
}

static void destroy(struct unpacker *unpacker)
{
	struct zstd *zstd = (struct zstd *)unpacker;

	zstd->free(zstd->stream);
	free(zstd);
}

/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
#define TAKE(field, name) (*(void **)&(field) = dlsym(library, name)) != NULL

int zstd_create(struct unpacker **ret_unpacker)
{
	/* Never closed: what it was once needed for, it may be needed for again. */
	void *library = dlopen(ZSTD_SONAME, RTLD_NOW | RTLD_LOCAL);
	struct zstd *zstd;

	if (!library)
		return -ELIBACC;
	zstd = memory_alloc(sizeof(*zstd));
	zstd->unpacker = (struct unpacker){step, destroy};
	if (TAKE(zstd->create, "ZSTD_createDStream") &&
	    TAKE(zstd->decompress, "ZSTD_decompressStream") &&
	    TAKE(zstd->is_error, "ZSTD_isError") && TAKE(zstd->free, "ZSTD_freeDStream"))
		zstd->stream = zstd->create();
	if (zstd->stream) {
		*ret_unpacker = &zstd->unpacker;
		return 0;
	}
	free(zstd);
	return -ELIBACC;
}
#else
int zstd_create(struct unpacker **ret_unpacker)
{
	(void)ret_unpacker;
	return -ELIBACC;
}
#endif
