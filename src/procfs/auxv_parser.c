/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/auxv_parser.h"

#include <elf.h>
#include <errno.h>
#include <string.h>

#include "model/target.h"

/*
 * Types in use are below 64 everywhere. Words read in the wrong width show up as larger types:
 * 64-bit pairs read as 32-bit ones take values for types, the reverse joins type and value.
 */
#define TYPE_MAX 1023

static uint64_t load_word(const char *bytes, size_t width)
{
	uint32_t narrow;
	uint64_t wide;

	if (width == sizeof(narrow)) {
		memcpy(&narrow, bytes, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, bytes, sizeof(wide));
	return wide;
}

static int parse_width(const char *bytes, size_t length, size_t width, struct proc_auxv *auxv)
{
	for (size_t at = 0; length - at >= 2 * width; at += 2 * width) {
		uint64_t type = load_word(bytes + at, width);
		uint64_t value = load_word(bytes + at + width, width);

		if (type > TYPE_MAX)
			return -EBADMSG;
		switch (type) {
		case AT_NULL: return auxv->page_size ? 0 : -EBADMSG;
		case AT_PAGESZ:
			if (!target_is_page_size(value))
				return -EBADMSG;
			auxv->page_size = value;
			break;
		case AT_BASE: auxv->base = value; break;
		case AT_PHDR: auxv->program_headers = value; break;
		case AT_ENTRY: auxv->entry = value; break;
		case AT_SYSINFO_EHDR: auxv->vdso = value; break;
		case AT_RANDOM: auxv->random = value; break;
		default: break;
		}
	}
	return -EBADMSG; /* no end */
}

int auxv_parse(const char *bytes, size_t length, struct proc_auxv *ret_auxv)
{
	struct proc_auxv wide = {0}, narrow = {.is_32bit = true};

	if (parse_width(bytes, length, sizeof(uint64_t), &wide) == 0) {
		*ret_auxv = wide;
		return 0;
	}
	if (parse_width(bytes, length, sizeof(uint32_t), &narrow) == 0) {
		*ret_auxv = narrow;
		return 0;
	}
	return -EBADMSG;
}
