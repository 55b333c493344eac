/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/dwarf_line.h"

#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#ifdef HAVE_LIBDW
#include <dlfcn.h>
#include <elfutils/libdw.h>

/* What is used of the library. */
struct libdw {
	__typeof__(dwarf_begin) *begin;
	__typeof__(dwarf_end) *end;
	__typeof__(dwarf_addrdie) *unit_at;
	__typeof__(dwarf_nextcu) *next_unit;
	__typeof__(dwarf_offdie) *unit_of;
	__typeof__(dwarf_haspc) *has_address;
	__typeof__(dwarf_getsrc_die) *line_at;
	__typeof__(dwarf_linesrc) *file_of;
	__typeof__(dwarf_lineno) *number_of;
};

static int load(struct libdw *ret_libdw)
{
	/* Never closed: the child ends. */
	void *library = dlopen(LIBDW_SONAME, RTLD_NOW | RTLD_LOCAL);
	struct libdw found;

	if (!library)
		return -ELIBACC;
	/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
	*(void **)&found.begin = dlsym(library, "dwarf_begin");
	*(void **)&found.end = dlsym(library, "dwarf_end");
	*(void **)&found.unit_at = dlsym(library, "dwarf_addrdie");
	*(void **)&found.next_unit = dlsym(library, "dwarf_nextcu");
	*(void **)&found.unit_of = dlsym(library, "dwarf_offdie");
	*(void **)&found.has_address = dlsym(library, "dwarf_haspc");
	*(void **)&found.line_at = dlsym(library, "dwarf_getsrc_die");
	*(void **)&found.file_of = dlsym(library, "dwarf_linesrc");
	*(void **)&found.number_of = dlsym(library, "dwarf_lineno");
	if (!found.begin || !found.end || !found.unit_at || !found.next_unit || !found.unit_of ||
	    !found.has_address || !found.line_at || !found.file_of || !found.number_of)
		return -ELIBACC;
	*ret_libdw = found;
	return 0;
}

/* The unit of the address: by the table of ranges, which some compilers leave out, else by all. */
static bool find_unit(const struct libdw *libdw, Dwarf *dwarf, uint64_t address, Dwarf_Die *unit)
{
	Dwarf_Off at = 0, next;
	size_t header;

	if (libdw->unit_at(dwarf, address, unit))
		return true;
	while (libdw->next_unit(dwarf, at, &next, &header, NULL, NULL, NULL) == 0) {
		if (libdw->unit_of(dwarf, at + header, unit) &&
		    libdw->has_address(unit, address) == 1)
			return true;
		at = next;
	}
	return false;
}

static int append(const struct libdw *libdw, Dwarf *dwarf, uint64_t address, struct text *text)
{
	Dwarf_Line *line;
	const char *file;
	Dwarf_Die unit;
	int number;

	if (!find_unit(libdw, dwarf, address, &unit))
		return -ENOENT;
	line = libdw->line_at(&unit, address);
	file = line ? libdw->file_of(line, NULL, NULL) : NULL;
	if (!file || libdw->number_of(line, &number) || number <= 0)
		return -ENOENT;
	text_append_format(text, "%s:%d", file, number);
	return 0;
}

int dwarf_line_append(int descriptor, uint64_t address, struct text *text)
{
	struct libdw libdw;
	Dwarf *dwarf;
	int error = load(&libdw);

	if (error)
		return error;
	dwarf = libdw.begin(descriptor, DWARF_C_READ);
	if (!dwarf)
		return -ENODATA;
	error = append(&libdw, dwarf, address, text);
	libdw.end(dwarf);
	return error;
}
#else
int dwarf_line_append(int descriptor, uint64_t address, struct text *text)
{
	(void)descriptor, (void)address, (void)text;
	return -ELIBACC;
}
#endif
