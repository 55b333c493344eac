/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/libproc.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>

#include "config.h"

int libproc_load(struct libproc *ret_libproc)
{
	/* Never closed: what it was once needed for, it will be needed for again. */
	void *library = dlopen(LIBPROC2_SONAME, RTLD_NOW | RTLD_LOCAL);
	struct libproc found;

	if (!library)
		return -ELIBACC;
	/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
	*(void **)&found.pids_new = dlsym(library, "procps_pids_new");
	*(void **)&found.pids_get = dlsym(library, "procps_pids_get");
	*(void **)&found.pids_unref = dlsym(library, "procps_pids_unref");
	if (!found.pids_new || !found.pids_get || !found.pids_unref)
		return -ELIBACC;
	*ret_libproc = found;
	return 0;
}
