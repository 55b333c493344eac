/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/gzip.h"

#include "config.h"

#include <errno.h>

#ifdef HAVE_ZLIB
#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/memory.h"
#include "core/unpacker.h"

#define WINDOW_OF_GZIP (MAX_WBITS + 16) /* a header of gzip, no other: zlib.h, inflateInit2() */

struct gzip {
	struct unpacker unpacker;
	z_stream stream;
	__typeof__(&inflateInit2_) init;
	__typeof__(&inflate) inflate;
	__typeof__(&inflateReset) reset;
	__typeof__(&inflateEnd) end;
};

static int step(struct unpacker *unpacker, struct unpacker_step *step)
{
	struct gzip *gzip = (struct gzip *)unpacker;
	z_stream *stream = &gzip->stream;
	uInt in = step->in_left < UINT_MAX ? (uInt)step->in_left : UINT_MAX;
	uInt out = step->out_left < UINT_MAX ? (uInt)step->out_left : UINT_MAX;
	int result;

	stream->next_in = (Bytef *)step->in;
	stream->avail_in = in;
	stream->next_out = (Bytef *)step->out;
	stream->avail_out = out;
	result = gzip->inflate(stream, Z_NO_FLUSH);
	step->in += in - stream->avail_in;
	step->in_left -= in - stream->avail_in;
	step->out += out - stream->avail_out;
	step->out_left -= out - stream->avail_out;
	step->ended = result == Z_STREAM_END;
	if (step->ended)
		return gzip->reset(stream) == Z_OK ? 0 : -EBADMSG;
	return result == Z_OK || result == Z_BUF_ERROR ? 0 : -EBADMSG;
}

static void destroy(struct unpacker *unpacker)
{
	struct gzip *gzip = (struct gzip *)unpacker;

	gzip->end(&gzip->stream);
	free(gzip);
}

/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
#define TAKE(field, name) (*(void **)&(field) = dlsym(library, name)) != NULL

int gzip_create(struct unpacker **ret_unpacker)
{
	/* Never closed: what it was once needed for, it may be needed for again. */
	void *library = dlopen(ZLIB_SONAME, RTLD_NOW | RTLD_LOCAL);
	struct gzip *gzip;

	if (!library)
		return -ELIBACC;
	gzip = memory_alloc(sizeof(*gzip));
	gzip->unpacker = (struct unpacker){step, destroy};
	if (TAKE(gzip->init, "inflateInit2_") && TAKE(gzip->inflate, "inflate") &&
	    TAKE(gzip->reset, "inflateReset") && TAKE(gzip->end, "inflateEnd") &&
	    gzip->init(&gzip->stream, WINDOW_OF_GZIP, ZLIB_VERSION, sizeof(z_stream)) == Z_OK) {
		*ret_unpacker = &gzip->unpacker;
		return 0;
	}
	free(gzip);
	return -ELIBACC;
}
#else
int gzip_create(struct unpacker **ret_unpacker)
{
	(void)ret_unpacker;
	return -ELIBACC;
}
#endif
