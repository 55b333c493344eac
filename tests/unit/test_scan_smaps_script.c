/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "call_log.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"
#include "residency/scan_smaps.h"
#include "residency/scan_target.h"

/* How many reads a step is, and what ends it. Files are pipes, of which each read is one text. */

static struct {
	const char *smaps[6], *nodes[6];
	int smaps_error, nodes_error;
	int64_t now, takes; /* each look at the clock takes so long */
	int64_t cpu;
	const char *memory; /* the list of nodes with memory; NULL: none */
} script;

int64_t clock_ns(clockid_t clock)
{
	if (clock == CLOCK_MONOTONIC)
		return script.now += script.takes;
	return clock == CLOCK_REALTIME ? 4242 : (script.cpu += 5);
}

int proc_file_read(int directory, const char *path, size_t max, struct text *text)
{
	assert_int_equal(directory, AT_FDCWD);
	assert_int_equal(max, 4096);
	assert_string_equal(path, "/sys/devices/system/node/has_memory");
	if (!script.memory)
		return -ENOENT;
	text_append(text, script.memory);
	return 0;
}

static int open_pipe(const char *const *texts)
{
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC | O_DIRECT), 0);
	for (size_t i = 0; i < 6 && texts[i]; i++)
		assert_int_equal(write(ends[1], texts[i], strlen(texts[i])), strlen(texts[i]));
	close(ends[1]);
	return ends[0];
}

int scan_target_open_file(const struct scan_target *target, const char *name)
{
	assert_int_equal(target->pid, 7);
	call_log_say("open %s", name);
	if (!strcmp(name, "smaps"))
		return script.smaps_error ? script.smaps_error : open_pipe(script.smaps);
	return script.nodes_error ? script.nodes_error : open_pipe(script.nodes);
}

static struct scan_target target = {.pid = 7, .live = true};
static struct scan_smaps smaps;
static uint64_t held;

static const char first[] = "1000-3000 r--p 00000000 00:00 0\nRss: 8 kB\n";
static const char second[] = "3000-5000 rw-p 00000000 00:00 0\nRss: 4 kB\n";
static const char nodes[] = "1000 default anon=1 N0=1 N1=2 kernelpagesize_kB=4\n";

static void begin(bool with_nodes, const char *calls)
{
	call_log_clear();
	held = 0;
	assert_int_equal(scan_smaps_begin(&smaps, &target, with_nodes), 0);
	call_log_expect(calls);
}

static void reset(void)
{
	memset(&script, 0, sizeof(script));
	script.smaps[0] = first;
	script.smaps[1] = second;
	script.takes = 50000;
}

/* A step ends when the lock was held for a tenth of a millisecond. */
static void a_step_is_some_reads(void **state)
{
	(void)state;
	reset();
	begin(false, "open smaps\n");
	assert_false(smaps.parser.recorded);
	assert_int_equal(scan_smaps_step(&smaps, &held), 1);
	assert_int_equal(held, 100000);
	assert_int_equal(smaps.held_ns, 100000);
	assert_int_equal(smaps.cost_ns, 5);
	assert_int_equal(smaps.parser.told.count, 1);
	assert_int_equal(smaps.time_ns, 0);
	assert_int_equal(scan_smaps_step(&smaps, &held), 0);
	assert_int_equal(held, 50000);
	assert_int_equal(smaps.held_ns, 150000);
	assert_int_equal(smaps.cost_ns, 10);
	assert_int_equal(smaps.parser.told.count, 2);
	assert_int_equal(smaps.time_ns, 4242);
	assert_int_equal(smaps.file, -1);
	scan_smaps_finish(&smaps);
	script.takes = 100000;
	begin(false, "open smaps\n");
	assert_int_equal(scan_smaps_step(&smaps, &held), 1);
	assert_int_equal(held, 100000);
	assert_int_equal(smaps.parser.told.count, 0);
	scan_smaps_finish(&smaps);
	assert_int_equal(smaps.file, -1);
	script.takes = 1;
	begin(false, "open smaps\n");
	assert_int_equal(scan_smaps_step(&smaps, &held), 0);
	assert_int_equal(held, 3);
	scan_smaps_finish(&smaps);
}

/* Behind smaps numa_maps is read; what of it is not understood is not known. */
static void nodes_are_read_behind_it(void **state)
{
	(void)state;
	reset();
	script.nodes[0] = nodes;
	begin(true, "open smaps\nopen numa_maps\n");
	assert_int_equal(scan_smaps_step(&smaps, &held), 1);
	assert_int_equal(scan_smaps_step(&smaps, &held), 1);
	assert_int_equal(scan_smaps_step(&smaps, &held), 0);
	assert_int_equal(smaps.nodes.count, 2);
	assert_int_equal(smaps.nodes_file, -1);
	assert_int_equal(smaps.held_ns, 250000);
	scan_smaps_finish(&smaps);
	assert_int_equal(smaps.nodes.count, 0);
	script.nodes[1] = "what\n";
	script.takes = 1;
	begin(true, "open smaps\nopen numa_maps\n");
	assert_int_equal(scan_smaps_step(&smaps, &held), 0);
	assert_int_equal(smaps.nodes.count, 0);
	assert_int_equal(smaps.nodes_file, -1);
	assert_int_equal(smaps.parser.told.count, 2);
	scan_smaps_finish(&smaps);
	script.nodes[1] = "2000 "; /* it ends within a line */
	begin(true, "open smaps\nopen numa_maps\n");
	assert_int_equal(scan_smaps_step(&smaps, &held), 0);
	scan_smaps_finish(&smaps);
	script.nodes_error = -ENOENT;
	begin(true, "open smaps\nopen numa_maps\n");
	assert_int_equal(scan_smaps_step(&smaps, &held), 0);
	assert_int_equal(smaps.nodes.count, 0);
	scan_smaps_finish(&smaps);
}

static void each_error_ends_it(void **state)
{
	(void)state;
	reset();
	script.smaps_error = -EACCES;
	call_log_clear();
	assert_int_equal(scan_smaps_begin(&smaps, &target, true), -EACCES);
	call_log_expect("open smaps\n");
	reset();
	script.smaps[0] = "what is this\n";
	begin(false, "open smaps\n");
	assert_int_equal(scan_smaps_step(&smaps, &held), -EBADMSG);
	scan_smaps_finish(&smaps);
	script.smaps[0] = "1000-"; /* it ends within a line */
	script.smaps[1] = NULL;
	begin(false, "open smaps\n");
	script.takes = 1;
	assert_int_equal(scan_smaps_step(&smaps, &held), -EBADMSG);
	scan_smaps_finish(&smaps);
	/* Of a recorded one that is no error. */
	target.live = false;
	begin(false, "open smaps\n");
	assert_true(smaps.parser.recorded);
	assert_int_equal(scan_smaps_step(&smaps, &held), 0);
	scan_smaps_finish(&smaps);
	target.live = true;
	begin(false, "open smaps\n");
	close(smaps.file);
	smaps.file = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* which cannot be read */
	assert_int_equal(scan_smaps_step(&smaps, &held), -EISDIR);
	scan_smaps_finish(&smaps);
	begin(false, "open smaps\n");
	smaps.taken = (UINT64_C(4) << 30) - 5; /* four GiB are enough */
	assert_int_equal(scan_smaps_step(&smaps, &held), -EBADMSG);
	scan_smaps_finish(&smaps);
	begin(false, "open smaps\n");
	smaps.taken = (UINT64_C(4) << 30) - 4;
	assert_int_equal(scan_smaps_step(&smaps, &held), -EFBIG);
	scan_smaps_finish(&smaps);
}

static void several_nodes_are_known_by_the_list(void **state)
{
	static const struct {
		const char *list;
		bool several;
	} cases[] = {
		{"0\n", false}, {"0-1\n", true}, {"0,2\n", true}, {"12\n", false}, {NULL, false}};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		script.memory = cases[i].list;
		assert_int_equal(scan_smaps_has_nodes(), cases[i].several);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_is_some_reads),
		cmocka_unit_test(nodes_are_read_behind_it),
		cmocka_unit_test(each_error_ends_it),
		cmocka_unit_test(several_nodes_are_known_by_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
