/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procfs_options.h"
#include "scan_child.h"

#include "residency/scan_course.h"

/* Steps without resting until there is nothing more to do. */
static void run(struct scan_course *course, struct scan_scope *look, bool asked)
{
	scan_course_step(course, look, asked);
	if (look)
		scan_scope_finish(look);
	while (!scan_course_is_idle(course))
		scan_course_step(course, NULL, false);
}

static void what_stands_still_is_walked_once(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan_scope look = scan_scope_at(space, 0, 0);
	struct scan_course course;

	(void)state;
	assert_int_equal(scan_course_init(&course, &options, child, 0.02), 0);
	assert_true(scan_course_is_idle(&course));
	run(&course, &look, false);
	assert_true(course.has_found && course.found.residency);
	assert_non_null(course.found.smaps); /* it is cheap here, and never was read */
	check_usage(space, &course.found);
	assert_true(course.estimate > 0);
	scan_finish(&course.found);
	course.has_found = false;
	look = scan_scope_at(space, 0, 0);
	run(&course, &look, false);
	assert_false(course.has_found);
	run(&course, NULL, true);
	assert_true(course.has_found && course.found.smaps && !course.found.residency);
	/* Other mappings are a reason, although nothing else has moved. */
	look = scan_scope_at(space, 0, 0);
	look.count--;
	run(&course, &look, false);
	assert_non_null(course.found.residency);
	scan_course_finish(&course);
	address_space_destroy(space);
	child_end(child);
}

/* Of many mappings those come first that are on the screen. */
static void what_is_seen_is_told_first(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	const size_t page = (size_t)sysconf(_SC_PAGESIZE), count = 4 * SCAN_STEP_VMAS;
	char *memory = map_anonymous(count * page, MAP_PRIVATE);
	uint64_t start = (uintptr_t)memory + count / 2 * page, end = start + 8 * page;
	struct scan_course course;
	struct address_space *space;
	struct scan_scope look;

	(void)state;
	for (size_t i = 0; i < count; i += 2) {
		memory[(i + 1) * page] = 1;
		assert_int_equal(mprotect(memory + i * page, page, PROT_READ), 0);
	}
	space = read_space(&options, getpid());
	look = scan_scope_at(space, start, end);
	assert_int_equal(scan_course_init(&course, &options, getpid(), 0.02), 0);
	scan_course_step(&course, &look, false);
	scan_scope_finish(&look);
	if (course.only_smaps) /* an old kernel without pagemap */
		goto end;
	assert_true(course.has_found && course.found.residency->partial);
	assert_int_equal(residency_covered(course.found.residency, start, end), 8 * page);
	assert_int_equal(residency_between(course.found.residency, start, end).resident, 4 * page);
	assert_int_equal(residency_covered(course.found.residency, 0, (uintptr_t)memory), 0);
	while (!scan_course_is_idle(&course))
		scan_course_step(&course, NULL, false);
	assert_false(course.found.residency->partial);
	assert_int_equal(residency_covered(course.found.residency, (uintptr_t)memory, end),
			 end - (uintptr_t)memory);
end:
	scan_course_finish(&course);
	address_space_destroy(space);
	munmap(memory, count * page);
}

static void the_end_is_told_once(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan_scope look = scan_scope_at(space, 0, 0);
	struct scan_course course;

	(void)state;
	assert_int_equal(scan_course_init(&course, &options, child, 0.02), 0);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	run(&course, &look, false);
	assert_true(course.has_found && course.gone);
	assert_int_equal(course.found.error, -ESRCH);
	scan_course_finish(&course);
	assert_int_equal(scan_course_init(&course, &options, child, 0.02), -ESRCH);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_still_is_walked_once),
		cmocka_unit_test(what_is_seen_is_told_first),
		cmocka_unit_test(the_end_is_told_once),
	};

	return cmocka_run_group_tests_name("scan_course", tests, NULL, NULL);
}
