/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <sys/mman.h>

#include "files/inside_cache.h"
#include "kernel/procfs_options.h"
#include "own_symbols.h"

static const struct procfs_options proc = {.root = "/proc"};

int inside_cache_data = 5;
/* Large enough that most of it is in pages of no file. */
char inside_cache_bss[1 << 20];

static void find(struct inside_cache *cache, const struct address_space *space, const void *address,
		 struct inside_answer *answer)
{
	size_t index = address_space_find(space, (uintptr_t)address);

	assert_true(index < space->vma_count);
	inside_cache_find(cache, space, index, answer);
	assert_int_equal(answer->start, space->vmas[index].start);
	assert_int_equal(answer->end, space->vmas[index].end);
}

static void finds_text_data_and_bss(void **state)
{
	struct inside_cache *cache = inside_cache_create(&proc);
	struct address_space *space = own_space_read();
	struct inside_answer text, data, bss;

	(void)state;
	find(cache, space, (void *)(uintptr_t)finds_text_data_and_bss, &text);
	find(cache, space, &inside_cache_data, &data);
	find(cache, space, &inside_cache_bss[sizeof(inside_cache_bss) - 1], &bss);
	own_symbols_assert(&text, (void *)(uintptr_t)finds_text_data_and_bss,
			   "finds_text_data_and_bss");
	own_symbols_assert(&data, &inside_cache_data, "inside_cache_data");
	own_symbols_assert(&bss, inside_cache_bss, "inside_cache_bss");
	/* It was read once. */
	assert_ptr_equal(text.object, data.object);
	assert_ptr_equal(text.object, bss.object);
	inside_cache_destroy(cache);
	/* Who has an answer has the object. */
	own_symbols_assert(&bss, inside_cache_bss, "inside_cache_bss");
	inside_answer_finish(&text);
	inside_answer_finish(&data);
	inside_answer_finish(&bss);
	address_space_destroy(space);
}

static void says_why_there_is_nothing(void **state)
{
	struct inside_cache *cache = inside_cache_create(&proc);
	struct inside_answer answer;
	struct address_space *space;
	char path[] = "/tmp/vastop-test-XXXXXX";
	int file = mkstemp(path), on_stack = 0;
	void *memory;

	(void)state;
	assert_true(file >= 0);
	assert_int_equal(ftruncate(file, 8192), 0);
	memory = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, file, 0);
	assert_true(memory != MAP_FAILED);
	space = own_space_read();
	find(cache, space, &on_stack, &answer);
	assert_int_equal(answer.error, -ENOENT);
	assert_null(answer.object);
	find(cache, space, memory, &answer);
	assert_int_equal(answer.error, -ENOEXEC);
	address_space_destroy(space);
	inside_cache_destroy(cache);
	inside_cache_destroy(NULL);
	munmap(memory, 8192);
	unlink(path);
	close(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_text_data_and_bss),
		cmocka_unit_test(says_why_there_is_nothing),
	};

	return cmocka_run_group_tests_name("inside_cache", tests, NULL, NULL);
}
