/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/classify_sanitizer.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/search.h"
#include "model/runtime.h"
#include "model/vma.h"

struct mark {
	uint64_t start, end;
	bool accessible;
};

#define MARKS_MAX 3

/* A sanitizer is there when all of its marks are mappings of exactly these ranges. */
static const struct sanitizer {
	enum runtime shadow;
	struct mark marks[MARKS_MAX];
	uint64_t start, end;           /* of the shadow, with what keeps it apart */
	uint64_t heap_start, heap_end; /* of the allocator */
} sanitizers[] = {
	/* The low shadow, the gap, the high shadow. */
	{RUNTIME_ASAN,
	 {{0x7fff7000, 0x8fff7000, true},
	  {0x8fff7000, 0x2008fff7000, false},
	  {0x2008fff7000, 0x10007fff8000, true}},
	 0x7fff7000,
	 0x10007fff8000,
	 0x600000000000,
	 0x640000000000},
	/* What lies below the shadow; the shadow of heap blocks. */
	{RUNTIME_TSAN,
	 {{0x8000000000, 0x10000000000, false}, {0x300000000000, 0x340000000000, true}},
	 0x8000000000,
	 0x550000000000,
	 0x7b0000000000,
	 0x7e8000000000},
	/* What lies between the shadows and the origins. */
	{RUNTIME_MSAN,
	 {{0x100000000000, 0x200000000000, false}, {0x300000000000, 0x500000000000, false}},
	 0x10000000000,
	 0x510000000000,
	 0x700000000000,
	 0x740000000000},
};

/* Private memory without a file and a name, readable and writable or without access. */
static bool is_plain(const struct vma *vma)
{
	unsigned access = vma->perms & PERM_ACCESS;

	return !vma->inode && !vma->name[0] && !(vma->perms & PERM_SHARED) &&
	       (access == 0 || access == (PERM_READ | PERM_WRITE)) &&
	       vma->kind != KIND_THREAD_STACK;
}

static bool has_mark(const struct vma *vmas, size_t count, const struct mark *mark)
{
	size_t index = SEARCH_FROM(vmas, count, start, mark->start);

	return index < count && vmas[index].start == mark->start && vmas[index].end == mark->end &&
	       is_plain(&vmas[index]) && mark->accessible == !!(vmas[index].perms & PERM_ACCESS);
}

static bool is_there(const struct vma *vmas, size_t count, const struct sanitizer *sanitizer)
{
	for (size_t i = 0; i < MARKS_MAX && sanitizer->marks[i].end; i++)
		if (!has_mark(vmas, count, &sanitizer->marks[i]))
			return false;
	return true;
}

static void set(struct vma *vmas, size_t count, uint64_t start, uint64_t end, enum runtime runtime)
{
	for (size_t i = SEARCH_FROM(vmas, count, start, start); i < count && vmas[i].end <= end;
	     i++)
		if (is_plain(&vmas[i])) {
			vmas[i].runtime = (uint8_t)runtime;
			vmas[i].kind_source = KIND_SOURCE_SHAPE;
		}
}

void classify_sanitizer(struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < sizeof(sanitizers) / sizeof(sanitizers[0]); i++) {
		const struct sanitizer *sanitizer = &sanitizers[i];

		if (!is_there(vmas, count, sanitizer))
			continue;
		set(vmas, count, sanitizer->start, sanitizer->end, sanitizer->shadow);
		set(vmas, count, sanitizer->heap_start, sanitizer->heap_end,
		    RUNTIME_SANITIZER_HEAP);
	}
}
