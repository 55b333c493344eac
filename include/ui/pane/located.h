/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_LOCATED_H
#define UI_PANE_LOCATED_H

/*
 * The address that the reader went to, for the pane that answers what is there. It stays that
 * address whatever the process does; the answer is about the snapshot that is shown.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/file_facts.h"
#include "model/page_facts.h"
#include "ui/prompt.h"

struct vma;

struct located {
	char expression[PROMPT_LENGTH]; /* as it was typed */
	uint64_t address;
	struct page_facts page; /* of the page there, as it was looked at, */
	int64_t page_ns;        /* for the snapshot of this time */
	/* The file that was looked at for it, and what it is. */
	bool has_file;
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	struct file_facts file;
};

/* What is known of the file that the mapping maps; NULL: nothing. */
const struct file_facts *located_file(const struct located *located, const struct vma *vma);

#endif
