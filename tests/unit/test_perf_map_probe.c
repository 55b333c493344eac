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
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "files/inside_cache.h"
#include "files/inside_probe.h"
#include "files/inside_question.h"
#include "files/perf_map_probe.h"
#include "inside/inside_object.h"
#include "kernel/procfs_options.h"
#include "own_space.h"

static const struct procfs_options proc = {.root = "/proc"};

/* The map of this process, and where else one may lie. */
struct paths {
	struct text map, other;
};

static int set_up(void **state)
{
	struct paths *paths = calloc(1, sizeof(*paths));

	assert_non_null(paths);
	text_append_format(&paths->map, "/tmp/perf-%d.map", (int)getpid());
	text_append_format(&paths->other, "/tmp/perf-%d.other", (int)getpid());
	*state = paths;
	return 0;
}

static int tear_down(void **state)
{
	struct paths *paths = *state;

	unlink(text_string(&paths->map));
	unlink(text_string(&paths->other));
	text_finish(&paths->map);
	text_finish(&paths->other);
	free(paths);
	return 0;
}

static void write_file(const struct text *path, const char *line)
{
	int file = open(text_string(path), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	assert_int_equal(write(file, line, strlen(line)), strlen(line));
	close(file);
}

static int probe(struct inside_finding *ret_finding, const struct file_stamp *known)
{
	const struct vma vma = {.start = 0x1000, .end = 0x2000, .name = ""};
	struct inside_question question = {
		.pid = getpid(), .page_size = 4096, .vmas = &vma, .count = 1, .is_code = true};

	if (known)
		question.known = *known;
	return inside_probe(&proc, &question, ret_finding);
}

static void reads_the_map_of_the_process(void **state)
{
	struct paths *paths = *state;
	struct inside_finding finding;
	struct file_stamp stamp;

	assert_int_equal(probe(&finding, NULL), -ENOENT);
	write_file(&paths->map, "1000 10 first\n");
	assert_int_equal(probe(&finding, NULL), 0);
	assert_true(finding.loaded);
	assert_int_equal(finding.bias, 0);
	assert_int_equal(finding.object->symbols.symbol_count, 1);
	inside_object_unref(finding.object);
	/* It is read again when it has grown. */
	stamp = finding.stamp;
	assert_int_equal(probe(&finding, &stamp), 0);
	assert_null(finding.object);
	write_file(&paths->map, "1010 10 second\n");
	assert_int_equal(probe(&finding, &stamp), 0);
	assert_int_equal(finding.object->symbols.symbol_count, 2);
	inside_object_unref(finding.object);
}

static void links_are_not_followed(void **state)
{
	struct paths *paths = *state;
	struct inside_finding finding;

	write_file(&paths->other, "1000 10 first\n");
	assert_int_equal(symlink(text_string(&paths->other), text_string(&paths->map)), 0);
	assert_int_equal(probe(&finding, NULL), -ENOENT);
	unlink(text_string(&paths->map));
	assert_int_equal(link(text_string(&paths->other), text_string(&paths->map)), 0);
	assert_int_equal(probe(&finding, NULL), -ENOENT);
	unlink(text_string(&paths->map));
	assert_int_equal(mkfifo(text_string(&paths->map), 0600), 0);
	assert_int_equal(probe(&finding, NULL), -ENOENT);
}

static void another_users_file_is_not_taken(void **state)
{
	struct paths *paths = *state;
	struct inside_finding finding;

	write_file(&paths->map, "1000 10 first\n");
	if (chown(text_string(&paths->map), getuid() + 1, (gid_t)-1))
		skip(); /* only root can give files away */
	assert_int_equal(probe(&finding, NULL), -ENOENT);
}

/* As whoever looks at generated code gets it. */
static void code_has_its_names(void **state)
{
	struct paths *paths = *state;
	char *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct inside_cache *cache = inside_cache_create(&proc);
	struct inside_answer answer;
	struct address_space *space;
	struct text line = {0};

	assert_true(code != MAP_FAILED);
	space = own_space_read();
	text_append_format(&line, "%" PRIxPTR " 40 made\n", (uintptr_t)code + 0x100);
	write_file(&paths->map, text_string(&line));
	inside_cache_find(cache, space, address_space_find(space, (uintptr_t)code), &answer);
	assert_int_equal(answer.error, 0);
	assert_true(answer.loaded);
	assert_string_equal(
		symbol_list_at(&answer.object->symbols, (uintptr_t)code + 0x13f - answer.bias)
			->name,
		"made");
	inside_answer_finish(&answer);
	text_finish(&line);
	address_space_destroy(space);
	inside_cache_destroy(cache);
	munmap(code, 4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_the_map_of_the_process, set_up, tear_down),
		cmocka_unit_test_setup_teardown(links_are_not_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_users_file_is_not_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(code_has_its_names, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("perf_map_probe", tests, NULL, NULL);
}
