/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Memory of this very process that lies as arenas of malloc do. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/classify_shape.h"
#include "model/vma.h"
#include "sampler/arena_heads.h"

struct arena_memory {
	char *reserve;
	size_t size;
	uint64_t unit, page;
	struct vma vma; /* a page that begins at a multiple of the unit */
};

static void map(struct arena_memory *memory)
{
	uintptr_t start;

	memory->page = (uint64_t)sysconf(_SC_PAGESIZE);
	memory->unit = sizeof(void *) == 4 ? UINT64_C(1) << 20 : UINT64_C(1) << 26;
	memory->size = (size_t)(2 * memory->unit);
	memory->reserve = mmap(NULL, memory->size, PROT_NONE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	assert_true(memory->reserve != MAP_FAILED);
	start = ((uintptr_t)memory->reserve + memory->unit - 1) & ~(uintptr_t)(memory->unit - 1);
	assert_int_equal(mprotect((void *)start, memory->page, PROT_READ | PROT_WRITE), 0);
	memory->vma = (struct vma){.start = start,
				   .end = start + memory->page,
				   .perms = PERM_READ | PERM_WRITE,
				   .name = ""};
}

static void write_head(const struct arena_memory *memory)
{
	uintptr_t *words = (uintptr_t *)(uintptr_t)memory->vma.start;

	words[0] = (uintptr_t)(words + 6);
	words[1] = 0;
	words[2] = words[3] = (uintptr_t)memory->page;
}

static void look(struct arena_heads *heads, const struct arena_memory *memory)
{
	int directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);

	assert_true(directory >= 0);
	arena_heads_look(heads, &memory->vma, 1, memory->page, directory);
	close(directory);
}

static void what_is_written_decides(void **state)
{
	struct arena_heads heads = {0};
	struct arena_memory memory;
	int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	(void)state;
	if (mem < 0 || pagemap < 0) {
		print_message("/proc/self/mem or pagemap cannot be read here\n");
		skip();
	}
	close(mem);
	close(pagemap);
	map(&memory);
	/* Not in memory: not read. */
	look(&heads, &memory);
	assert_int_equal(heads.count, 0);
	/* Nothing but zeroes: perhaps it is just being made. */
	((volatile char *)(uintptr_t)memory.vma.start)[memory.page - 1] = 1;
	look(&heads, &memory);
	assert_int_equal(heads.count, 0);
	write_head(&memory);
	look(&heads, &memory);
	assert_int_equal(heads.count, 1);
	assert_int_equal(heads.heads[0].start, memory.vma.start);
	assert_true(heads.heads[0].is_heap);
	/* Not asked again as long as it is there. */
	memset((void *)(uintptr_t)memory.vma.start, 7, 64);
	look(&heads, &memory);
	assert_int_equal(heads.count, 1);
	assert_true(heads.heads[0].is_heap);
	memory.vma.perms |= PERM_EXEC;
	look(&heads, &memory);
	assert_int_equal(heads.count, 0);
	memory.vma.perms &= (uint8_t)~PERM_EXEC;
	look(&heads, &memory);
	assert_int_equal(heads.count, 1);
	assert_false(heads.heads[0].is_heap);
	arena_heads_finish(&heads);
	munmap(memory.reserve, memory.size);
}

/* A recorded tree, and a process of somebody else's. */
static void what_cannot_be_read_is_not_known(void **state)
{
	struct arena_heads heads = {0};
	struct arena_memory memory;

	(void)state;
	map(&memory);
	write_head(&memory);
	arena_heads_look(&heads, &memory.vma, 1, memory.page, -1);
	assert_int_equal(heads.count, 0);
	/* Nor is it tried again at once. */
	look(&heads, &memory);
	assert_int_equal(heads.count, 0);
	arena_heads_finish(&heads);
	munmap(memory.reserve, memory.size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_decides),
		cmocka_unit_test(what_cannot_be_read_is_not_known),
	};

	return cmocka_run_group_tests_name("arena_heads", tests, NULL, NULL);
}
