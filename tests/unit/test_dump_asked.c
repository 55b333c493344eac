/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "app/denied.h"
#include "app/denied_bytes.h"
#include "app/dump.h"
#include "app/message.h"
#include "app/options.h"
#include "app/place_option.h"
#include "call_log.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/resident_memory.h"
#include "residency/scan_plan.h"
#include "sampler/source.h"
#include "support/capture.h"

/* Which bytes --bytes reads, and in which pieces, by a script; all of them are 0. */

static struct {
	int read, place, open; /* errors, and a status */
	int failing, error;    /* at the read of that number it fails so */
	int reads;
	uint64_t address;
} script;

static struct source source;
static struct options options;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_MONOTONIC ? 55 : -1;
}

int source_read(struct source *of, struct address_space **ret_space)
{
	const struct target target = {.pid = 5, .comm = "test", .page_size = 4096};

	assert_ptr_equal(of, &source);
	return script.read ? script.read : address_space_create(&target, NULL, 0, 1, 0, ret_space);
}

int denied_say_of_source(const struct options *of, struct source *with, int error)
{
	assert_ptr_equal(of, &options);
	assert_ptr_equal(with, &source);
	call_log_say("denied, %d", error);
	return 31;
}

int denied_bytes_say(const struct options *of, const struct target *target, int error)
{
	assert_ptr_equal(of, &options);
	call_log_say("no bytes of %d, %d", (int)target->pid, error);
	return 32;
}

int place_option_find(const struct options *of, const struct address_space *space,
		      const char *option, uint64_t *ret_address)
{
	assert_ptr_equal(of, &options);
	call_log_say("place of --%s in %d", option, (int)space->target.pid);
	if (!script.place)
		*ret_address = script.address;
	return script.place;
}

int resident_memory_open(struct resident_memory *memory, const struct procfs_options *procfs,
			 int32_t pid)
{
	(void)memory;
	call_log_say("open %s/%d", procfs->root, (int)pid);
	return script.open;
}

void resident_memory_close(struct resident_memory *memory)
{
	(void)memory;
	call_log_say("close");
}

void resident_memory_rest(struct resident_memory *memory, struct scan_pace *pace)
{
	(void)memory;
	assert_int_equal(pace->last_ns, 55);
	assert_true(pace->least == SCAN_SHARE_ONCE_MIN && pace->most == SCAN_SHARE_ONCE_MAX);
	call_log_say("rest");
}

static int read_zeroes(void *context, uint64_t address, void *bytes, size_t size,
		       uint8_t *ret_absent)
{
	(void)context;
	call_log_say("read %" PRIx64 ", %zu", address, size);
	if (++script.reads == script.failing)
		return script.error;
	memset(bytes, 0, size);
	memset(ret_absent, 0, memory_reader_map_size(address, size, 4096));
	return 0;
}

struct memory_reader resident_memory_reader(struct resident_memory *memory)
{
	return (struct memory_reader){.read = read_zeroes, .context = memory, .page_size = 4096};
}

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.address = 0x1800;
	options = (struct options){.action = ACTION_BYTES, .procfs = "/p", .length = 16};
	call_log_clear();
	return 0;
}

/* Writes it; so many lines come. */
static void dumps(int status, int lines, const char *asked)
{
	struct capture capture;
	int got, count = 0;
	char *out;

	capture_begin(&capture, 1);
	got = dump_run(&options, &source);
	out = capture_end(&capture);
	for (const char *at = out; *at; at++)
		count += *at == '\n';
	free(out);
	call_log_expect(asked);
	assert_int_equal(got, status);
	assert_int_equal(count, lines);
}

#define BEGIN "place of --bytes in 5\nopen /p/5\n"

/* Lines like the one before are one line with a star. */
static void much_is_read_in_pieces(void **state)
{
	(void)state;
	dumps(EXIT_DONE, 2, BEGIN "read 1800, 16\nrest\nclose\n");
	options.length = 262144;
	dumps(EXIT_DONE, 3, BEGIN "read 1800, 262144\nrest\nclose\n");
	options.length = 524288 + 16;
	dumps(EXIT_DONE, 3,
	      BEGIN
	      "read 1800, 262144\nrest\nread 41800, 262144\nrest\nread 81800, 16\nrest\nclose\n");
	options.length = 0;
	dumps(EXIT_DONE, 0, BEGIN "close\n");
}

static void it_ends_with_the_addresses(void **state)
{
	(void)state;
	script.address = UINT64_MAX - 16;
	dumps(EXIT_DONE, 2, BEGIN "read ffffffffffffffef, 16\nrest\nclose\n");
	script.address = UINT64_MAX - 15;
	dumps(EXIT_DONE, 2, BEGIN "read fffffffffffffff0, 15\nrest\nclose\n");
	script.address = UINT64_MAX;
	dumps(EXIT_DONE, 0, BEGIN "close\n");
}

static void what_cannot_be_read_is_said_after_what_could(void **state)
{
	(void)state;
	options.length = 524288;
	script.failing = 2;
	script.error = -ESRCH;
	dumps(32, 3,
	      BEGIN "read 1800, 262144\nrest\nread 41800, 262144\nclose\nno bytes of 5, -3\n");
}

static void what_cannot_begin_is_said(void **state)
{
	(void)state;
	script.read = -EIO;
	dumps(31, 0, "denied, -5\n");
	reset(state);
	script.place = EXIT_USAGE;
	dumps(EXIT_USAGE, 0, "place of --bytes in 5\n");
	reset(state);
	script.open = -EACCES;
	dumps(32, 0, BEGIN "no bytes of 5, -13\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(much_is_read_in_pieces, reset),
		cmocka_unit_test_setup(it_ends_with_the_addresses, reset),
		cmocka_unit_test_setup(what_cannot_be_read_is_said_after_what_could, reset),
		cmocka_unit_test_setup(what_cannot_begin_is_said, reset),
	};

	return cmocka_run_group_tests_name("dump_asked", tests, NULL, NULL);
}
