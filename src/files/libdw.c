/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/libdw.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#ifdef HAVE_LIBDW
#include <dlfcn.h>

struct entry {
	const char *name;
	size_t offset; /* of the pointer in struct libdw */
};

#define ENTRY(name)                                 \
	{                                           \
#name, offsetof(struct libdw, name) \
	}
#define DWARF_ENTRY(name)                                    \
	{                                                    \
		"dwarf_" #name, offsetof(struct libdw, name) \
	}

static const struct entry entries[] = {
	DWARF_ENTRY(begin),
	DWARF_ENTRY(end),
	DWARF_ENTRY(addrdie),
	DWARF_ENTRY(nextcu),
	DWARF_ENTRY(offdie),
	DWARF_ENTRY(haspc),
	DWARF_ENTRY(getsrc_die),
	DWARF_ENTRY(linesrc),
	DWARF_ENTRY(lineno),
	DWARF_ENTRY(tag),
	DWARF_ENTRY(child),
	DWARF_ENTRY(siblingof),
	DWARF_ENTRY(attr),
	DWARF_ENTRY(attr_integrate),
	DWARF_ENTRY(formstring),
	DWARF_ENTRY(formudata),
	DWARF_ENTRY(getsrcfiles),
	DWARF_ENTRY(filesrc),
	ENTRY(dwfl_begin),
	ENTRY(dwfl_end),
	ENTRY(dwfl_report_begin),
	ENTRY(dwfl_report_module),
	ENTRY(dwfl_report_end),
	ENTRY(dwfl_attach_state),
	ENTRY(dwfl_getthread_frames),
	ENTRY(dwfl_frame_pc),
	ENTRY(dwfl_thread_state_registers),
	ENTRY(dwfl_thread_state_register_pc),
	ENTRY(dwfl_module_info),
	ENTRY(dwfl_addrmodule),
#if _ELFUTILS_PREREQ(0, 188)
	ENTRY(dwfl_frame_reg),
#endif
	ENTRY(elf_version),
	ENTRY(elf_begin),
	ENTRY(elf_end),
};

int libdw_load(struct libdw *ret_libdw)
{
	/* Never closed: the child ends. It brings libelf, whose functions are found through it. */
	void *library = dlopen(LIBDW_SONAME, RTLD_NOW | RTLD_LOCAL);
	struct libdw found;

	if (!library)
		return -ELIBACC;
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++) {
		/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
		void *function = dlsym(library, entries[i].name);

		if (!function)
			return -ELIBACC;
		memcpy((char *)&found + entries[i].offset, &function, sizeof(function));
	}
	*ret_libdw = found;
	return 0;
}
#else
int libdw_load(struct libdw *ret_libdw)
{
	(void)ret_libdw;
	return -ELIBACC;
}
#endif
