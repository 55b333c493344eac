/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/dwarf_line.h"

#include <errno.h>
#include <stdbool.h>

#include "files/dwarf_file.h"
#include "files/libdw.h"

#ifdef HAVE_LIBDW
#include <dwarf.h>

/* Of blocks in functions in classes in namespaces; real code has a few. */
#define DEPTH_MAX 64

/* The functions around an address, the outermost first. */
struct nest {
	const struct libdw *libdw;
	uint64_t address;
	bool scopes; /* look into namespaces and classes, too, which are many */
	Dwarf_Die functions[DEPTH_MAX];
	size_t count;
};

/* The unit of the address: by the table of ranges, which some compilers leave out, else by all. */
static bool find_unit(const struct libdw *libdw, Dwarf *dwarf, uint64_t address, Dwarf_Die *unit)
{
	Dwarf_Off at = 0, next;
	size_t header;

	if (libdw->addrdie(dwarf, address, unit))
		return true;
	while (libdw->nextcu(dwarf, at, &next, &header, NULL, NULL, NULL) == 0) {
		if (libdw->offdie(dwarf, at + header, unit) && libdw->haspc(unit, address) == 1)
			return true;
		at = next;
	}
	return false;
}

enum entry_sort { ENTRY_OTHER, ENTRY_FUNCTION, ENTRY_BLOCK, ENTRY_SCOPE };

static enum entry_sort sort_of(int tag)
{
	switch (tag) {
	case DW_TAG_subprogram:
	case DW_TAG_inlined_subroutine: return ENTRY_FUNCTION;
	case DW_TAG_lexical_block:
	case DW_TAG_try_block:
	case DW_TAG_catch_block: return ENTRY_BLOCK;
	/* Rust describes functions within their modules. */
	case DW_TAG_namespace:
	case DW_TAG_module:
	case DW_TAG_structure_type:
	case DW_TAG_class_type:
	case DW_TAG_union_type:
	case DW_TAG_enumeration_type: return ENTRY_SCOPE;
	default: return ENTRY_OTHER;
	}
}

/* Whether the entry has the address, or may have it: a scope has no addresses of its own. */
static bool may_have(const struct nest *nest, Dwarf_Die *entry, enum entry_sort sort)
{
	if (sort == ENTRY_FUNCTION || sort == ENTRY_BLOCK)
		return nest->libdw->haspc(entry, nest->address) == 1;
	return sort == ENTRY_SCOPE && nest->scopes;
}

/*
 * Collects the functions with the address that are below the entry; path[i] is the entry at the
 * depth i. What has the address is followed for good, so the walk is one over siblings.
 */
static void collect(struct nest *nest, const Dwarf_Die *top)
{
	const struct libdw *libdw = nest->libdw;
	Dwarf_Die path[DEPTH_MAX];
	bool certain[DEPTH_MAX];
	size_t depth = 0;

	path[0] = *top;
	if (libdw->child(&path[0], &path[0]) != 0)
		return;
	for (;;) {
		enum entry_sort sort = sort_of(libdw->tag(&path[depth]));

		if (may_have(nest, &path[depth], sort)) {
			certain[depth] = sort != ENTRY_SCOPE;
			if (sort == ENTRY_FUNCTION)
				nest->functions[nest->count++] = path[depth];
			if (depth + 1 < DEPTH_MAX &&
			    libdw->child(&path[depth], &path[depth + 1]) == 0) {
				depth++;
				continue;
			}
			if (certain[depth])
				return;
		}
		while (libdw->siblingof(&path[depth], &path[depth]) != 0)
			if (depth == 0 || certain[--depth])
				return;
	}
}

static const char *name_of(const struct libdw *libdw, Dwarf_Die *function)
{
	static const unsigned attributes[] = {DW_AT_linkage_name, DW_AT_MIPS_linkage_name,
					      DW_AT_name};

	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		Dwarf_Attribute attribute;

		if (libdw->attr_integrate(function, attributes[i], &attribute))
			return libdw->formstring(&attribute);
	}
	return NULL;
}

static uint64_t number_of(const struct libdw *libdw, Dwarf_Die *entry, unsigned name)
{
	Dwarf_Attribute attribute;
	Dwarf_Word number;

	if (!libdw->attr(entry, name, &attribute) || libdw->formudata(&attribute, &number))
		return 0;
	return number;
}

/* The line of the instruction itself. */
static void take_line(const struct nest *nest, Dwarf_Die *unit, struct dwarf_line *line)
{
	Dwarf_Line *found = nest->libdw->getsrc_die(unit, nest->address);
	int number;

	if (!found)
		return;
	line->file = nest->libdw->linesrc(found, NULL, NULL);
	if (line->file && !nest->libdw->lineno(found, &number) && number > 0)
		line->line = (uint32_t)number;
}

/* The line where the function was put into the one around it. */
static void take_call(const struct nest *nest, Dwarf_Die *unit, Dwarf_Die *function,
		      struct dwarf_line *line)
{
	uint64_t file = number_of(nest->libdw, function, DW_AT_call_file);
	uint64_t number = number_of(nest->libdw, function, DW_AT_call_line);
	Dwarf_Files *files;
	size_t count;

	if (nest->libdw->getsrcfiles(unit, &files, &count) || file >= count)
		return;
	line->file = nest->libdw->filesrc(files, file, NULL, NULL);
	if (line->file && number <= UINT32_MAX)
		line->line = (uint32_t)number;
}

int dwarf_line_find(const struct dwarf_file *file, uint64_t address, struct dwarf_line *lines,
		    size_t max)
{
	struct nest nest = {.libdw = dwarf_file_library(file), .address = address};
	size_t count = 0;
	Dwarf_Die unit;

	if (!find_unit(nest.libdw, dwarf_file_handle(file), address, &unit))
		return -ENOENT;
	collect(&nest, &unit);
	if (nest.count == 0) {
		nest.scopes = true;
		collect(&nest, &unit);
	}
	for (size_t i = nest.count; count < max && (i > 0 || count == 0); i--) {
		struct dwarf_line *line = &lines[count++];

		*line = (struct dwarf_line){0};
		if (count == 1)
			take_line(&nest, &unit, line);
		else
			take_call(&nest, &unit, &nest.functions[i], line);
		if (i == 0)
			break;
		line->function = name_of(nest.libdw, &nest.functions[i - 1]);
	}
	return lines[0].file || lines[0].function ? (int)count : -ENOENT;
}
#else
int dwarf_line_find(const struct dwarf_file *file, uint64_t address, struct dwarf_line *lines,
		    size_t max)
{
	(void)file, (void)address, (void)lines, (void)max;
	return -ELIBACC;
}
#endif
