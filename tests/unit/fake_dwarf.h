/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FAKE_DWARF_H
#define TESTS_UNIT_FAKE_DWARF_H

/* Debug information of which the test says what it knows, with fake_errands.h. */

#include <unistd.h>

#include "base/memory.h"
#include "fake_errands.h"
#include "files/dwarf_file.h"
#include "files/dwarf_line.h"
#include "files/mapped_ways.h"
#include "model/vma.h"

static struct {
	int open_error;
	int found; /* of each address: so many of the lines, or an error */
	struct dwarf_line lines[4];
} fake_dwarf;

int dwarf_file_open(struct mapped_root *root, const struct vma *vma, struct dwarf_file **ret_file)
{
	call_log_say("open %s at %lx of %s, avoiding %u", vma->name, (unsigned long)vma->start,
		     faccessat(root->directory, "status", F_OK, 0) ? "no process" : "a process",
		     root->avoid);
	if (fake_dwarf.open_error)
		return fake_dwarf.open_error;
	*ret_file = memory_alloc(1);
	return 0;
}

void dwarf_file_close(struct dwarf_file *file)
{
	call_log_say("close");
	free(file);
}

int dwarf_line_find(const struct dwarf_file *file, uint64_t address, struct dwarf_line *lines,
		    size_t max)
{
	assert_non_null(file);
	call_log_say("find %lx, %zu lines at most", (unsigned long)address, max);
	for (int i = 0; i < fake_dwarf.found; i++)
		lines[i] = fake_dwarf.lines[i];
	return fake_dwarf.found;
}

#endif
